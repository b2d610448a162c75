import { timeMarks } from "../../../simulate/picture/time-marks";

const labels = (startsAt: number, seconds: number) =>
  timeMarks(startsAt, seconds).map(({ at, label, isDay }) => `${at / 3600} ${label}${isDay ? "!" : ""}`);

describe("timeMarks", () => {
  it("names days of a week, and its noons", () => {
    expect(labels(0, 7 * 86_400).slice(0, 4)).toEqual(["0 Mon!", "12 12:00", "24 Tue!", "36 12:00"]);
    expect(labels(0, 7 * 86_400).at(-1)).toBe("168 Mon!");
  });

  it("counts from the day on which the trace begins", () => {
    // Friday at 16:00, for ten hours.
    expect(labels(4 * 86_400 + 16 * 3600, 10 * 3600)).toEqual([
      "0 16:00",
      "2 18:00",
      "4 20:00",
      "6 22:00",
      "8 Sat!",
      "10 02:00",
    ]);
  });

  it("has room for one name a week in a month", () => {
    expect(labels(0, 16 * 86_400).filter((label) => label.includes("Mon"))).toHaveLength(3);
    expect(labels(0, 16 * 86_400)[1]).toBe("24 !");
  });
});
