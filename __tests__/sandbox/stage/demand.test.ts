import { steady, waves, workingDay } from "../../../sandbox/stage/demand";

const HOUR = 3600;

describe("workingDay", () => {
  it("is quiet at night, full at nine, and deep at lunch", () => {
    const demand = workingDay(300);
    expect([3, 9, 12.5, 14, 22].map((hour) => Math.round(demand(hour * HOUR)))).toEqual([
      6, 300, 90, 289, 12,
    ]);
  });

  it("begins at any hour, and goes on into the next day", () => {
    const demand = workingDay(300, 23);
    expect(Math.round(demand(10 * HOUR))).toBe(300);
    expect(demand(34 * HOUR)).toBeCloseTo(demand(10 * HOUR));
  });
});

describe("waves", () => {
  it("goes from low to high and back, and rests at the low number in the end", () => {
    const demand = waves(10, 200, 2 * HOUR, 5 * HOUR);
    expect([0, 1, 2, 3, 5, 6].map((hour) => Math.round(demand(hour * HOUR)))).toEqual([
      10, 200, 10, 200, 10, 10,
    ]);
  });
});

describe("steady", () => {
  it("is always the same", () => {
    expect([steady(7)(0), steady(7)(HOUR)]).toEqual([7, 7]);
  });
});
