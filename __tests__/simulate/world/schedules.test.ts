import { Schedules } from "../../../simulate/world/schedules";

const HOUR = 3600;
const DAY = 24 * HOUR;
const of = (start: string, durationMinutes = 60, startsAt = 0) =>
  new Schedules({ one: { start, durationMinutes, minBridges: 4, timeZone: "Europe/Amsterdam" } }, startsAt);

describe("Schedules", () => {
  it("asks for bridges from the beginning to the end, on the days that it names", () => {
    const schedules = of("45 7 * * MON-FRI");
    const at = (day: number, hour: number) => schedules.bridges(day * DAY + hour * HOUR);
    expect([7.7, 7.75, 8.7, 8.75].map((hour) => at(0, hour))).toEqual([0, 4, 4, 0]);
    expect([4, 5, 6, 7].map((day) => at(day, 8))).toEqual([4, 0, 0, 4]);
  });

  it("looks ahead", () => {
    const schedules = of("0 8 * * *");
    expect(schedules.bridges(7.5 * HOUR, 7.9 * HOUR)).toBe(0);
    expect(schedules.bridges(7.5 * HOUR, 8 * HOUR)).toBe(4);
  });

  it("counts one that began before the trace", () => {
    const schedules = of("0 20 * * *", 600, 4 * HOUR);
    expect(schedules.bridges(0)).toBe(4);
    expect(schedules.bridges(2 * HOUR)).toBe(0);
  });

  it("takes lists, ranges, steps and names", () => {
    const schedules = of("*/30 8-9,12 * * 0,wed", 10);
    const starts = (day: number) =>
      Array.from({ length: 24 * 4 }, (_, quarter) => quarter / 4).filter(
        (hour) => schedules.bridges(day * DAY + hour * HOUR) > 0,
      );
    expect(starts(2)).toEqual([8, 8.5, 9, 9.5, 12, 12.5]);
    expect(starts(6)).toEqual([8, 8.5, 9, 9.5, 12, 12.5]);
    expect(starts(1)).toEqual([]);
  });

  it("takes either of a day of the month and a day of the week, as cron does", () => {
    // The Monday of the trace is a fifth.
    const schedules = of("0 8 7 * FRI");
    expect([0, 1, 2, 3, 4].map((day) => schedules.bridges(day * DAY + 8 * HOUR))).toEqual([0, 0, 4, 0, 4]);
  });

  it("asks for the most of several", () => {
    const both = new Schedules(
      {
        day: { start: "0 8 * * *", durationMinutes: 600, minBridges: 3, timeZone: "UTC" },
        noon: { start: "0 12 * * *", durationMinutes: 60, minBridges: 6, timeZone: "UTC" },
      },
      0,
    );
    expect([9, 12.5, 14].map((hour) => both.bridges(hour * HOUR))).toEqual([3, 6, 3]);
  });
});
