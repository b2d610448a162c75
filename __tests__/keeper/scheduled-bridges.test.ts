import { Cron } from "croner";
import fc from "fast-check";
import { scheduledBridges } from "../../keeper/scheduled-bridges";
import type { KeeperSchedule } from "../../model/keeper-file";

/** Seven hours of school, from a quarter to eight on. */
const school = (overrides: Partial<KeeperSchedule> = {}): KeeperSchedule => ({
  start: "45 7 * * MON-FRI",
  durationSeconds: 7 * 3600,
  minBridges: 4,
  timeZone: "Europe/Amsterdam",
  ...overrides,
});
const at = (iso: string) => Date.parse(iso) / 1000;

describe("scheduledBridges", () => {
  it.each([
    ["before its lookahead", "2026-11-30T07:29:59+01:00", 0],
    ["within its lookahead", "2026-11-30T07:30:00+01:00", 4],
    ["at its beginning", "2026-11-30T07:45:00+01:00", 4],
    ["in its last second", "2026-11-30T14:44:59+01:00", 4],
    ["at its end", "2026-11-30T14:45:00+01:00", 0],
    ["on a Sunday", "2026-11-29T08:00:00+01:00", 0],
    ["in summer, by the clock of its time zone", "2026-06-01T07:30:00+02:00", 4],
    ["in summer, by UTC plus one", "2026-06-01T07:30:00+01:00", 4],
    ["in summer, before its lookahead", "2026-06-01T07:29:59+02:00", 0],
  ])("%s", (_, iso, bridges) => {
    expect(scheduledBridges([school()], at(iso), 900)).toBe(bridges);
  });

  it("takes the largest of those that overlap, and 0 where there is none", () => {
    const now = at("2026-11-30T09:00:00+01:00");
    expect(scheduledBridges([school(), school({ minBridges: 9 }), school({ minBridges: 2 })], now, 0)).toBe(
      9,
    );
    expect(scheduledBridges([], now, 900)).toBe(0);
  });

  it("knows one that runs over midnight, and over the end of a month", () => {
    const night = school({ start: "0 22 31 * *", durationSeconds: 6 * 3600, timeZone: "UTC" });
    expect(scheduledBridges([night], at("2026-11-01T03:59:59Z"), 0)).toBe(4);
    expect(scheduledBridges([night], at("2026-11-01T04:00:00Z"), 0)).toBe(0);
  });

  it("knows one that lasts longer than the time between its beginnings", () => {
    const always = school({ start: "0 * * * *", durationSeconds: 2 * 3600 });
    expect(scheduledBridges([always], at("2026-11-30T09:59:59Z"), 0)).toBe(4);
  });

  it("begins when either day fits where both kinds of days are given, as cron does", () => {
    const either = school({ start: "0 8 1 * MON", durationSeconds: 3600, timeZone: "UTC" });
    expect(scheduledBridges([either], at("2026-11-30T08:30:00Z"), 0)).toBe(4); // a Monday
    expect(scheduledBridges([either], at("2026-12-01T08:30:00Z"), 0)).toBe(4); // the first
    expect(scheduledBridges([either], at("2026-12-02T08:30:00Z"), 0)).toBe(0);
  });

  it("depends on nothing but its arguments, whatever was asked before", () => {
    const schedule = school({ start: "*/45 6-9 * * *", durationSeconds: 1500 });
    const begin = at("2026-03-28T00:00:00Z"); // the clock is set on the 29th
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 0, max: 3 * 86_400 }), { minLength: 1, maxLength: 20 }),
        fc.integer({ min: 0, max: 3600 }),
        (moments, lookahead) => {
          for (const moment of moments) {
            const now = begin + moment;
            const runs = new Cron(schedule.start, { timezone: schedule.timeZone })
              .nextRuns(40, new Date((now - 7200) * 1000))
              .map((run) => run.getTime() / 1000);
            const counts = runs.some((run) => run <= now + lookahead && run + 1500 > now);
            expect(scheduledBridges([schedule], now, lookahead)).toBe(counts ? 4 : 0);
          }
        },
      ),
      { numRuns: 30 },
    );
  });
});
