import { counted } from "../../model/counted";
import { cut } from "../cut";
import type { ReviewedFile } from "./review-result";

/** Made by this project for Grafana alone: long, and no call depends on them. Their lines are counted. */
const COUNTED = /\/grafana\/(dashboards|provisioning)\//;

/** What a person is shown of a file's diff: lines, or how many there are. */
export type ShownDiff = { readonly lines: readonly string[] } | { readonly counted: string };

/** @param longest lines of the diff @param widest characters of a line */
export function shownDiff(
  { path, diff }: Pick<ReviewedFile, "path" | "diff">,
  { longest, widest }: { readonly longest: number; readonly widest: number },
): ShownDiff {
  if (COUNTED.test(path)) return { counted: linesOf(diff) };
  const more = diff.length - longest;
  return {
    lines: [
      ...diff.slice(0, longest).map((line) => cut(line, widest)),
      ...(more > 0 ? [`… ${more} more lines`] : []),
    ],
  };
}

/** `3 lines added, 1 removed` */
function linesOf(diff: readonly string[]): string {
  const count = (sign: string): number => diff.filter((line) => line.startsWith(sign)).length;
  return `${counted(count("+"), "line")} added, ${count("-")} removed`;
}
