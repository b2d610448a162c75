import { BUILT_IN_TRACES } from "../simulate/traces/built-in-traces";
import type { Answer, Job } from "./run-simulations";

/** Seconds of a processor that a simulated week is to take at most. Nothing fails by it: processors differ. */
const AIM_SECONDS = 2;

const WEEK = 7 * 86_400;
const WEEKS = new Set(BUILT_IN_TRACES.filter(({ seconds }) => seconds === WEEK).map(({ name }) => name));

/** The slowest simulation of a week beside the aim, as a sentence; nothing where no trace is a week. */
export function slowestWeek(jobs: readonly Job[], answers: readonly Answer[]): readonly string[] {
  const slowest = jobs
    .map(({ policy, trace, seed }, i) => ({ policy, trace, seed, seconds: answers[i]!.seconds }))
    .filter(({ trace }) => WEEKS.has(trace))
    .sort((a, b) => b.seconds - a.seconds)[0];
  if (!slowest) return [];
  const { policy, trace, seed, seconds } = slowest;
  return [
    `the slowest simulation of a week took ${seconds.toFixed(2)} s of a processor (${policy} on ${trace}, seed ${seed}); ` +
      `the aim is at most ${AIM_SECONDS} s`,
  ];
}
