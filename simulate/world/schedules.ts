import { scheduledBridges } from "../../keeper/scheduled-bridges";
import type { GcpPool } from "../../model/fleet";
import type { KeeperSchedule } from "../../model/keeper-file";

/** A Monday's midnight. Which one matters only to schedules that name a day of the month or a month. */
export const MONDAY = Date.UTC(2026, 0, 5) / 1000;

/**
 * The schedules of a pool over a simulation, read by the keeper's own `scheduledBridges`. Their time zones are the trace's
 * own, as if it were UTC: its clock is the callers'.
 */
export class Schedules {
  private readonly schedules: readonly KeeperSchedule[];

  /** @param startsAt Seconds from a Monday's midnight to the beginning of the simulation. */
  constructor(
    schedules: GcpPool["scaling"]["schedules"],
    private readonly startsAt: number,
  ) {
    this.schedules = Object.values(schedules).map(({ start, durationMinutes, minBridges }) => ({
      start,
      minBridges,
      durationSeconds: durationMinutes * 60,
      timeZone: "UTC",
    }));
  }

  /** Most bridges that a schedule asks for at some time from `from` to `to`; 0 when none does. */
  bridges(from: number, to = from): number {
    return scheduledBridges(this.schedules, MONDAY + this.startsAt + from, to - from);
  }
}
