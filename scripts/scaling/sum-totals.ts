import type { Totals } from "../../simulate/result";

/** Totals put together: sums, the mean of the mean times to capacity, the longest of the longest. */
export function sumTotals(all: readonly Totals[]): Totals {
  const sum = (of: (totals: Totals) => number) => all.reduce((total, each) => total + of(each), 0);
  return {
    participants: sum(({ participants }) => participants),
    interrupted: sum(({ interrupted }) => interrupted),
    moved: sum(({ moved }) => moved),
    overloadMinutes: sum(({ overloadMinutes }) => overloadMinutes),
    joinsRefused: sum(({ joinsRefused }) => joinsRefused),
    timeToCapacity: {
      mean: sum(({ timeToCapacity }) => timeToCapacity.mean) / all.length,
      max: Math.max(...all.map(({ timeToCapacity }) => timeToCapacity.max)),
    },
    bridgeHours: sum(({ bridgeHours }) => bridgeHours),
    costUsd: all.some(({ costUsd }) => costUsd === null) ? null : sum(({ costUsd }) => costUsd ?? 0),
  };
}
