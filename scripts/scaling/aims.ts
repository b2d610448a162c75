import { figure } from "../../model/figure";
import type { PolicyName } from "../../simulate/result";
import { overTraces } from "./over-traces";
import { hoursToPlain, movedPercent, overloadToPlain, type Ratio, ratiosOf } from "./ratios-of";
import type { TraceTotals } from "./scaling-results";

/** What was to be reached, and what was. */
export interface Aim {
  readonly aim: string;
  readonly reached: string;
  readonly isMet: boolean;
}

/** Most that a policy may cost against the plain autoscaler, in bridge-hours, and the share of people it may move. */
export const LIMITS = { neverMoves: 1.15, keeper: 1.05, movedPercent: 2 } as const;

/**
 * The aims of the keeper. Overload is held against plain's on each trace, and nobody may be interrupted on any; bridge-hours
 * and who is moved are held over all traces together, with the worst trace beside it.
 */
export function aimsOf(runs: readonly TraceTotals[]): readonly Aim[] {
  const sumOf = (policy: PolicyName) => overTraces(runs, policy);
  const plain = sumOf("plain");
  const aimed = (policy: PolicyName, ratio: Ratio, digits: number, unit = "") => {
    const sum = ratio(sumOf(policy), plain);
    const worst = ratiosOf(runs, policy, ratio)[0]!;
    const text = `${sum.toFixed(digits)}${unit} (at worst ${worst.ratio.toFixed(digits)}${unit}, on ${worst.trace})`;
    return { sum, worst: worst.ratio, text };
  };
  const interrupted = sumOf("keeper").interrupted + sumOf("keeper-never-moves").interrupted;
  const overload = aimed("keeper", overloadToPlain, 2);
  const overloadWaiting = aimed("keeper-never-moves", overloadToPlain, 2);
  const hours = aimed("keeper", hoursToPlain, 3);
  const hoursWaiting = aimed("keeper-never-moves", hoursToPlain, 3);
  const moved = aimed("keeper", movedPercent, 2, " %");
  return [
    {
      aim: "nobody is interrupted by the keeper",
      reached: `${figure(interrupted, 0)}; plain interrupts ${figure(plain.interrupted, 0)}`,
      isMet: interrupted === 0,
    },
    {
      aim: "overload no worse than plain's on any trace",
      reached: `${overload.text} of plain's minutes; when nobody is moved ${overloadWaiting.text}`,
      isMet: overload.worst <= 1 && overloadWaiting.worst <= 1,
    },
    {
      aim: `at most ${LIMITS.neverMoves} of plain's bridge-hours when nobody is ever moved`,
      reached: hoursWaiting.text,
      isMet: hoursWaiting.sum <= LIMITS.neverMoves,
    },
    {
      aim: `at most ${LIMITS.keeper} of plain's bridge-hours with the default deadline`,
      reached: hours.text,
      isMet: hours.sum <= LIMITS.keeper,
    },
    {
      aim: `and then at most ${LIMITS.movedPercent} % of the participants moved`,
      reached: moved.text,
      isMet: moved.sum <= LIMITS.movedPercent,
    },
  ];
}
