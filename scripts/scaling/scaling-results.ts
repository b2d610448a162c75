import type { PolicyName, Totals } from "../../simulate/result";

/** What `npm run bench:scaling -- --json` prints, and docs/scaling.json holds. */
export interface ScalingResults {
  /** Fields of the pool's file that all runs had. */
  readonly pool: Readonly<Record<string, unknown>>;
  readonly seeds: number;
  /** Each policy on each trace. */
  readonly runs: readonly Run[];
  /** One setting varied, all others as they are. */
  readonly variations: readonly Variation[];
}

export interface Run {
  readonly trace: string;
  readonly policy: PolicyName;
  /** Sums over the seeds; `timeToCapacity.mean` is the mean and `max` the longest. */
  readonly totals: Totals;
  /** Of seed 1 alone. */
  readonly first: Totals;
  /** Hours of bridges that were drained and not empty yet, or leaving: sum over the seeds. */
  readonly drainedHours: number;
}

export interface Variation {
  /** Name in the pool's file, such as `scaling.bootSeconds`. */
  readonly setting: string;
  readonly value: number;
  /** Sums over traces and seeds. */
  readonly policies: Readonly<Partial<Record<PolicyName, Totals>>>;
}
