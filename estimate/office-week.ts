import { office } from "../simulate/traces/office";
import { secondsOfWeek } from "../simulate/traces/seconds-of-week";
import { MONDAY, Schedules } from "../simulate/world/schedules";
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
  /** And by load: as many as the autoscaler adds, until the keeper takes them away. At most size.max. */
  readonly needed: number;
}

export interface OfficeLoad {
  /** Participants at the fullest time. */
  readonly peak: number;
  /** Participants of one bridge at stress 1. */
  readonly atFullStress: number;
  /** Mean stress at which another bridge is added. */
  readonly targetStress: number;
  /** `peak` is a mean, above which people come by chance; else the most that come. */
  readonly isMean: boolean;
}

/**
 * People come and go in whole calls, so that there are sometimes more than on the mean, and the autoscaler adds bridges
 * for them: so many square roots of the mean more. Fitted to the simulator's keeper, whose bridge-hours this meets within a
 * tenth on its two weeks of an office (a test holds them against each other).
 */
const ROUGHNESS = 4;

export function meanBridges({ size, scaling, keeper }: GcpPool, load: OfficeLoad): MeanBridges {
  const { peak, atFullStress, targetStress, isMean } = load;
  const kept = keptOf(scaling.schedules).map((scheduled) =>
    Math.min(size.max, Math.max(size.min, scheduled)),
  );
  const people = SHARES.map((share) => {
    const mean = (peak * share) / FULLEST;
    return isMean ? mean + ROUGHNESS * Math.sqrt(mean) : mean;
  });
  const bridgesAt = (step: number, stress: number) => whole(people[step]! / (stress * atFullStress));
  let bridges = 0;
  const week = (): readonly number[] =>
    kept.map((least, step) => {
      const added = Math.max(least, bridgesAt(step, targetStress));
      // The keeper drains one while the others stay at its fullStress or below.
      const left = Math.min(bridges, bridgesAt(step, keeper.fullStress));
      bridges = Math.min(size.max, Math.max(added, left));
      return bridges;
    });
  // The week before leaves its bridges to the beginning of the next.
  week();
  const needed = week();
  // The autoscaler only adds: where no keeper removes them, bridges stay that a schedule or the load has added once.
  const mean = (all: readonly number[]) =>
    keeper.mode === "act" ? all.reduce((sum, each) => sum + each, 0) / STEPS : Math.max(...all);
  return { kept: mean(kept), needed: mean(needed) };
}

/** Bridges for so many; not one more for a fault of binary fractions. */
const whole = (bridges: number): number => Math.ceil(bridges - 1e-9);

type ScheduleSettings = GcpPool["scaling"]["schedules"];
const known = new Map<string, readonly number[]>();

/**
 * Bridges that the schedules ask for in each quarter of an hour, by the clock of the schedule that asks for most;
 * pools with the same schedules share one answer.
 */
function keptOf(schedules: ScheduleSettings): readonly number[] {
  const key = JSON.stringify(schedules);
  const found = known.get(key);
  if (found) return found;
  const zones = byZone(schedules);
  // The middle of the quarter decides.
  const bridges = SHARES.map((_, step) =>
    Math.max(0, ...zones.map(({ week, ahead }) => week.bridges((step + 0.5) * STEP_SECONDS + ahead))),
  );
  known.set(key, bridges);
  return bridges;
}

const WEEK_SECONDS = 7 * 86_400;

/** The schedules of each time zone, and how many seconds its clock is ahead of that by which most bridges are kept. */
function byZone(schedules: ScheduleSettings) {
  const all = Object.entries(schedules);
  const [fullest] = [...all].sort(([, a], [, b]) => b.minBridges - a.minBridges);
  const clockOf = (timeZone: string) => secondsOfWeek(MONDAY, timeZone);
  const own = fullest ? clockOf(fullest[1].timeZone) : 0;
  return [...new Set(all.map(([, { timeZone }]) => timeZone))].map((timeZone) => {
    const ahead = clockOf(timeZone) - own;
    return {
      week: new Schedules(Object.fromEntries(all.filter(([, each]) => each.timeZone === timeZone)), 0),
      // A clock that shows Sunday, where the other shows Monday, is hours behind and not six days ahead.
      ahead: ahead - WEEK_SECONDS * Math.round(ahead / WEEK_SECONDS),
    };
  });
}
