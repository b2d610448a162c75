import { nearest } from "../model/nearest";
import { quoted } from "../model/quoted";
import type { PlannedStack } from "./planned-stack";

/** The stacks that one synth is about, or the sentence that says which of the names is wrong. */
export type Choice =
  | {
      readonly ok: true;
      readonly stacks: readonly PlannedStack[];
      /** Whether some were named: the others stay as they are. */
      readonly partial: boolean;
    }
  | { readonly ok: false; readonly problem: string };

/** Ids that are listed at most. */
const LISTED = 12;

/**
 * Picks the stacks that are named, in the order of the fleet.
 *
 * @param names ids with spaces between, as FLEET_STACKS has them; undefined or blank: every stack
 */
export function chooseStacks(planned: readonly PlannedStack[], names: string | undefined): Choice {
  const wanted = new Set(names?.split(/\s+/).filter((name) => name !== ""));
  if (wanted.size === 0) return { ok: true, stacks: planned, partial: false };

  const ids = new Set(planned.map(({ id }) => id));
  for (const name of wanted) if (!ids.has(name)) return { ok: false, problem: noSuchStack(name, [...ids]) };
  return { ok: true, stacks: planned.filter(({ id }) => wanted.has(id)), partial: true };
}

function noSuchStack(name: string, ids: readonly string[]): string {
  const wrong = `FLEET_STACKS: no stack is called ${quoted(name)}`;
  if (name.includes(",")) return `${wrong}; write the names with spaces between`;
  const near = nearest(name, ids);
  if (near !== undefined) return `${wrong}; did you mean ${near}?`;
  const more = ids.length > LISTED ? `, … (${ids.length} in all)` : "";
  return `${wrong}; the data asks for ${ids.slice(0, LISTED).join(", ")}${more}`;
}
