import { clairvoyant } from "../../../simulate/policies/clairvoyant";
import { aMeeting, aSimulatedPool, someCalls } from "../../builders/calls";

const HOUR = 3600;
/** A boot takes at least nine tenths of the pool's 150 s. */
const BOOT = 135;

const hoursOf = (calls: ReturnType<typeof someCalls>, seconds = 4 * HOUR) => {
  const pool = aSimulatedPool({ size: { min: 1, max: 10 } });
  return clairvoyant(pool, calls, { seconds, samples: false, bridges: 1 }).totals.bridgeHours;
};
const everyone = (people: number, from: number, until: number) =>
  Array.from({ length: people }, () => [from, until] as const);

describe("clairvoyant", () => {
  it("keeps the minimum when nobody calls", () => {
    expect(hoursOf(someCalls())).toBe(4);
  });

  it("has as many bridges as carry the load at stress 0.8, and pays for their boot", () => {
    // 160 people are two bridges, 161 are three.
    const two = everyone(160, HOUR, 2 * HOUR);
    expect(hoursOf(someCalls(two))).toBeCloseTo(4 + 1 + BOOT / 3600, 9);
    expect(hoursOf(someCalls([...two, [HOUR, 2 * HOUR]]))).toBeCloseTo(4 + 2 + (2 * BOOT) / 3600, 9);
  });

  it("runs a bridge on when that is cheaper than to boot it again", () => {
    const twice = (gap: number) =>
      hoursOf(someCalls(everyone(100, HOUR, 2 * HOUR), everyone(100, 2 * HOUR + gap, 3 * HOUR + gap)));
    expect(twice(60)).toBeCloseTo(4 + 2 + (BOOT + 60) / 3600, 9);
    expect(twice(600)).toBeCloseTo(4 + 2 + (BOOT + BOOT) / 3600, 9);
  });

  it("needs no bridge for two, who send to each other", () => {
    const pairs = Array.from({ length: 200 }, () => aMeeting(2, HOUR, 2 * HOUR));
    expect(hoursOf(someCalls(...pairs))).toBe(4);
  });

  it("has a sample of each minute", () => {
    const pool = aSimulatedPool({ size: { min: 1, max: 10 } });
    const calls = someCalls(everyone(160, 90, 200));
    const { samples, totals } = clairvoyant(pool, calls, { seconds: 300, samples: true, bridges: 1 });
    expect(samples.map(({ at, demand, active }) => [at, demand, active])).toEqual([
      [60, 0, 1],
      [120, 160, 2],
      [180, 160, 2],
      [240, 0, 1],
      [300, 0, 1],
    ]);
    expect(totals).toMatchObject({ participants: 160, interrupted: 0, moved: 0, overloadMinutes: 0 });
  });
});
