import { nearest } from "../model/nearest";
import { quoted } from "../model/quoted";

/** Candidates that are listed at most. */
const LISTED = 12;

/** The message for a name on the command line that nothing has: what there is, and which one was meant. */
export function unknownName(kind: string, name: string, candidates: readonly string[]): string {
  const sorted = [...candidates].sort();
  const near = nearest(name, sorted);
  const more = sorted.length > LISTED ? `, … (${sorted.length} in all)` : "";
  const meant = near === undefined ? "" : ` Did you mean ${near}?`;
  const there =
    sorted.length === 0 ? "there is none" : `there are ${sorted.slice(0, LISTED).join(", ")}${more}`;
  return `No ${kind} is called ${quoted(name)}; ${there}.${meant}\n`;
}
