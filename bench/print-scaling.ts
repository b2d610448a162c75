import { aimsOf } from "../scripts/scaling/aims";
import { percent } from "../scripts/scaling/ratios-of";
import type { Run } from "../scripts/scaling/scaling-results";
import { overTraces } from "../scripts/scaling/over-traces";
import { POLICIES, type PolicyName, type Totals } from "../simulate/result";

const WIDTHS = [20, 13, 10, 9, 15, 10, 14, 14, 10, 10, 9] as const;
const line = (cells: readonly string[]): string =>
  cells.map((cell, i) => (i === 0 ? cell.padEnd(WIDTHS[0]) : cell.padStart(WIDTHS[i]!))).join("");

/** Prints a table of each trace and of all, and each aim with what was reached. True when every aim is. */
export function printScaling(
  runs: readonly Run[],
  traces: readonly string[],
  first: number,
  count: number,
): boolean {
  const table = (title: string, of: (policy: PolicyName) => Totals): void => {
    const [plain, bound] = [of("plain"), of("clairvoyant")];
    console.log(`\n${title}`);
    console.log(
      line([
        ...["policy", "interrupted", "moved", "", "overload min", "refused", "to capacity"],
        ...["bridge-hours", "USD", "to plain", "to bound"],
      ]),
    );
    for (const policy of POLICIES) {
      const totals = of(policy);
      console.log(
        line([
          policy,
          String(totals.interrupted),
          String(totals.moved),
          `${percent(totals.moved, totals.participants).toFixed(2)} %`,
          totals.overloadMinutes.toFixed(0),
          String(totals.joinsRefused),
          `${(totals.timeToCapacity.mean / 60).toFixed(1)} min`,
          totals.bridgeHours.toFixed(0),
          totals.costUsd === null ? "?" : totals.costUsd.toFixed(0),
          (totals.bridgeHours / plain.bridgeHours).toFixed(3),
          (totals.bridgeHours / bound.bridgeHours).toFixed(3),
        ]),
      );
    }
  };
  for (const trace of traces)
    table(
      `${trace}, ${count} ${count === 1 ? "seed" : "seeds"}${first === 1 ? "" : ` from ${first} on`}`,
      (policy) => runs.find((run) => run.trace === trace && run.policy === policy)!.totals,
    );
  table("all traces", (policy) => overTraces(runs, policy));
  console.log("");
  const aims = aimsOf(runs);
  for (const { aim, reached, isMet } of aims)
    console.log(`${isMet ? "reached" : "MISSED "}  ${aim}: ${reached}`);
  return aims.every(({ isMet }) => isMet);
}
