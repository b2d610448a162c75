import { office } from "../simulate/traces/office";
import { Schedules } from "../simulate/world/schedules";
import type { GcpPool } from "../model/fleet";

const STEP_SECONDS = 900;
const STEPS = (7 * 86_400) / STEP_SECONDS;

const profile = office(1);

/** People in calls in each quarter of an hour of the simulator's office week, against its fullest. */
const SHARES: readonly number[] = Array.from({ length: STEPS }, (_, step) =>
  profile((step + 0.5) * STEP_SECONDS),
);

const FULLEST = Math.max(...SHARES);

/** The mean of the week against its fullest quarter of an hour. */
export const MEAN_OF_PEAK = SHARES.reduce((sum, share) => sum + share, 0) / STEPS / FULLEST;

/** Bridges that run on the mean over an office week; without a keeper that acts, as many as at its fullest. */
export interface MeanBridges {
  /** By size.min and the schedules alone. */
  readonly kept: number;
  /** And by load: as many as carry everybody, at most size.max. */
  readonly needed: number;
}

/**
 * @param peak participants at the fullest time
 * @param carried participants that one bridge carries at the stress at which another one is added
 */
export function meanBridges({ size, scaling, keeper }: GcpPool, peak: number, carried: number): MeanBridges {
  const kept = keptOf(scaling.schedules).map((scheduled) =>
    Math.min(size.max, Math.max(size.min, scheduled)),
  );
  const needed = kept.map((bridges, step) => {
    const load = Math.ceil((peak * SHARES[step]!) / FULLEST / carried - 1e-9);
    return Math.min(size.max, Math.max(bridges, load));
  });
  // The autoscaler only adds: where no keeper removes them, bridges stay that a schedule or the load has added once.
  const mean = (all: readonly number[]) =>
    keeper.mode === "act" ? all.reduce((sum, bridges) => sum + bridges, 0) / STEPS : Math.max(...all);
  return { kept: mean(kept), needed: mean(needed) };
}

type ScheduleSettings = GcpPool["scaling"]["schedules"];
const known = new Map<string, readonly number[]>();

/** Bridges that the schedules ask for in each quarter of an hour; pools with the same schedules share one answer. */
function keptOf(schedules: ScheduleSettings): readonly number[] {
  const key = JSON.stringify(schedules);
  const found = known.get(key);
  if (found) return found;
  const week = new Schedules(schedules, 0);
  // The middle of the quarter decides.
  const bridges = SHARES.map((_, step) => week.bridges((step + 0.5) * STEP_SECONDS));
  known.set(key, bridges);
  return bridges;
}
