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
  /** Traces with a rush at a known time, and a schedule for it. */
  readonly scheduled: readonly Scheduled[];
  readonly heldOut: HeldOut;
}

/** Other seeds, which no default was chosen by: as many, the next ones. */
export interface HeldOut {
  readonly firstSeed: number;
  /** Only what the aims are about: plain and the keepers. */
  readonly runs: readonly TraceTotals[];
}

/** A policy on a trace. */
export interface TraceTotals {
  readonly trace: string;
  readonly policy: PolicyName;
  /** Sums over the seeds; `timeToCapacity.mean` is the mean and `max` the longest. */
  readonly totals: Totals;
}

export interface Run extends TraceTotals {
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

/** A schedule as the pool's file has it, at the clock of the trace. */
export interface Schedule {
  readonly start: string;
  readonly durationMinutes: number;
  readonly minBridges: number;
}

export interface Scheduled {
  readonly trace: string;
  readonly schedule: Schedule;
  /** Some policies on this trace, the pool with the schedule. */
  readonly runs: readonly Run[];
}
