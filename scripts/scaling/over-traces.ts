import type { PolicyName, Totals } from "../../simulate/result";
import type { TraceTotals } from "./scaling-results";
import { sumTotals } from "./sum-totals";

/** A policy over all traces. */
export const overTraces = (runs: readonly TraceTotals[], policy: PolicyName): Totals =>
  sumTotals(runs.filter((run) => run.policy === policy).map(({ totals }) => totals));
