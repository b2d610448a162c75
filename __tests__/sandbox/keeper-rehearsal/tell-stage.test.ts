import { timeOfDay } from "../../../sandbox/keeper-rehearsal/tell-stage";

describe("timeOfDay", () => {
  it.each([
    [0, 7, "07:00"],
    [5400, 7, "08:30"],
    [18 * 3600, 7, "01:00"],
  ])("%d seconds after %d o'clock", (seconds, from, expected) => {
    expect(timeOfDay(seconds, from)).toBe(expected);
  });
});
