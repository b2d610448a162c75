import { secondsOfWeek } from "../../../simulate/traces/seconds-of-week";

/** A Monday in summer, 8:00:30 in UTC. */
const TIME = Date.UTC(2026, 9, 12, 8, 0, 30) / 1000;
const HOUR = 3600;

describe("secondsOfWeek", () => {
  it.each([
    ["UTC", 8 * HOUR + 30],
    ["Europe/Amsterdam", 10 * HOUR + 30],
    ["America/Los_Angeles", 1 * HOUR + 30],
    ["Pacific/Honolulu", 6 * 24 * HOUR + 22 * HOUR + 30], // still Sunday
  ])("goes by the clock of %s", (zone, seconds) => expect(secondsOfWeek(TIME, zone)).toBe(seconds));

  it("is not at 24 o'clock at midnight", () =>
    expect(secondsOfWeek(Date.UTC(2026, 9, 12) / 1000, "UTC")).toBe(0));
});
