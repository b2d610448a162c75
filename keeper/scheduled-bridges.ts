import { Cron } from "croner";
import type { KeeperSchedule } from "../model/keeper-file";

interface Known {
  readonly cron: Cron;
  /** Moment from which on `start` is the first beginning. */
  from: number;
  /** The first beginning that is not over at `from`; Infinity when there is none. */
  start: number;
}

const known = new WeakMap<KeeperSchedule, Known>();

/**
 * Bridges that schedules ask for now, or within `lookaheadSeconds` from now; 0 when none does. Pure: the moment is an
 * argument. What is remembered of a schedule is its next beginning: a simulation asks thirty thousand times for a week.
 *
 * @param nowSeconds Unix time
 */
export function scheduledBridges(
  schedules: readonly KeeperSchedule[],
  nowSeconds: number,
  lookaheadSeconds: number,
): number {
  let most = 0;
  for (const schedule of schedules) {
    if (schedule.minBridges > most && firstNotOver(schedule, nowSeconds) <= nowSeconds + lookaheadSeconds)
      most = schedule.minBridges;
  }
  return most;
}

/** Beginning of the occurrence that is running, else of the next one. */
function firstNotOver(schedule: KeeperSchedule, now: number): number {
  let entry = known.get(schedule);
  if (!entry) {
    const cron = new Cron(schedule.start, { timezone: schedule.timeZone, mode: "5-part" });
    entry = { cron, from: Infinity, start: -Infinity };
    known.set(schedule, entry);
  }
  if (now < entry.from || now >= entry.start + schedule.durationSeconds) {
    const next = entry.cron.nextRun(new Date((now - schedule.durationSeconds) * 1000));
    entry.from = now;
    entry.start = next ? next.getTime() / 1000 : Infinity;
  }
  return entry.start;
}
