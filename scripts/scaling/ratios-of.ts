import type { PolicyName, Totals } from "../../simulate/result";
import type { TraceTotals } from "./scaling-results";

/** A figure of a policy's totals, where needed against plain's of the same calls. */
export type Ratio = (own: Totals, plain: Totals) => number;

/** 1 where both have the same, 0 included. */
const toPlain =
  (of: (totals: Totals) => number): Ratio =>
  (own, plain) =>
    of(own) === of(plain) ? 1 : of(own) / of(plain);

export const hoursToPlain = toPlain(({ bridgeHours }) => bridgeHours);
export const overloadToPlain = toPlain(({ overloadMinutes }) => overloadMinutes);

export const percent = (part: number, whole: number): number => (whole === 0 ? 0 : (100 * part) / whole);
export const movedPercent = ({ moved, participants }: Totals): number => percent(moved, participants);

/** A policy's figure on each trace, the largest first. */
export function ratiosOf(
  runs: readonly TraceTotals[],
  policy: PolicyName,
  ratio: Ratio,
): readonly { readonly trace: string; readonly ratio: number }[] {
  const plain = (trace: string) => runs.find((run) => run.policy === "plain" && run.trace === trace)!.totals;
  return runs
    .filter((run) => run.policy === policy)
    .map(({ trace, totals }) => ({ trace, ratio: ratio(totals, plain(trace)) }))
    .sort((a, b) => b.ratio - a.ratio);
}
