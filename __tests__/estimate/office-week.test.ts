import { type OfficeLoad, MEAN_OF_PEAK, meanBridges } from "../../estimate/office-week";
import type { GcpPool } from "../../model/fleet";
import { simulate } from "../../simulate/simulate";
import { simulatedPool } from "../../simulate/simulated-pool";
import { BUILT_IN_TRACES } from "../../simulate/traces/built-in-traces";
import { aFleet, aGcpPool } from "../builders/fleet";

/** 100 people are stress 1, and from 65 on another bridge is added. */
const load = (overrides: Partial<OfficeLoad>): OfficeLoad => ({
  ...{ peak: 0, atFullStress: 100, targetStress: 0.65, isMean: false },
  ...overrides,
});

describe("MEAN_OF_PEAK", () => {
  it("is the mean of the office week against its fullest quarter of an hour", () => {
    // Trapezoids of a working day: 7.9975 h of its fullest time; of the square root at a weekend 11.046 h. Monday to
    // Friday have 0.95 + 1 + 1 + 0.97 + 0.7 = 4.62 of it, the weekend 0.05 + 0.04 = 0.09: 36.948 + 0.994 = 37.943 of 168
    // hours. The fullest quarter is that from 10:00 on: 1 - 0.05 / 12 = 0.99583.
    expect(MEAN_OF_PEAK).toBeCloseTo(37.943 / 168 / 0.99583, 4);
  });
});

describe("meanBridges", () => {
  const pool = aGcpPool({ size: { min: 1, max: 12 } });
  const { keeper } = pool;

  it("is what is always there while that carries everybody", () => {
    expect(meanBridges(pool, load({ peak: 65 }))).toEqual({ kept: 1, needed: 1 });
  });

  it("has a second bridge from targetStress on, until one alone would be at fullStress again", () => {
    // 90 people in the fullest quarter. More than 65 are there, by the middle of a quarter, from 9:00 to 11:45 or 12:00 and
    // from 13:30 to 16:15: 22 quarters on Monday, 23 on each of Tuesday to Thursday, none on Friday with 63 at the most.
    const of = (fullStress: number) =>
      (meanBridges({ ...pool, keeper: { ...keeper, fullStress } }, load({ peak: 90 })).needed - 1) * 672;
    expect(of(0.649)).toBeCloseTo(22 + 3 * 23, 6);
    // At noon 47 to 50 people are more than 42, so it stays from 9:00 until less are there, from 17:00 on.
    expect(of(0.42)).toBeCloseTo(4 * 32, 6);
  });

  it("keeps the clocks of schedules in several time zones apart", () => {
    const zone = (timeZone: string, minBridges: number, start = "0 8 * * MON-FRI") => ({
      ...{ start, durationMinutes: 600, minBridges, timeZone },
    });
    const kept = (schedules: GcpPool["scaling"]["schedules"]) =>
      meanBridges({ ...pool, scaling: { ...pool.scaling, schedules } }, load({})).kept * 168;
    // Amsterdam's day has 4 bridges from 8 to 18. Tokyo is 8 hours ahead: its day is Amsterdam's 0 to 10, with 3. So 8 hours
    // of 3, 10 of 4 and 6 of 1 on five days, and 48 hours of 1.
    const both = { west: zone("Europe/Amsterdam", 4), east: zone("Asia/Tokyo", 3) };
    expect(kept(both)).toBeCloseTo(5 * (24 + 40 + 6) + 48, 6);
    // New York is 6 hours behind: 14 to 24. 6 hours of 4, 4 of 4, 6 of 3 and 8 of 1.
    expect(kept({ west: zone("America/New_York", 3), east: zone("Europe/Amsterdam", 4) })).toBeCloseTo(
      5 * (40 + 18 + 8) + 48,
      6,
    );
    expect(kept({ one: zone("Asia/Tokyo", 4), two: zone("Asia/Tokyo", 3) })).toBeCloseTo(5 * 54 + 48, 6);
  });

  it("has no more than size.max", () => {
    expect(meanBridges(aGcpPool({ size: { min: 2, max: 2 } }), load({ peak: 10_000 })).needed).toBe(2);
  });

  it("keeps all month what was added once where no keeper acts", () => {
    const observed = { ...pool, keeper: { ...keeper, mode: "observe" as const } };
    expect(meanBridges(observed, load({ peak: 195 })).needed).toBe(3);
  });

  const weeks = ["office-week", "large-office-week"].map((name) =>
    BUILT_IN_TRACES.find((each) => each.name === name)!,
  );
  it.each([
    ["n2-standard-4", 100, weeks[0]!, 350],
    ["n2-standard-8", 200, weeks[0]!, 350],
    ["n2-standard-4", 100, weeks[1]!, 600],
  ] as const)(
    "is what the simulator needs of %s, where a mean is known",
    (machineType, atFullStress, trace, peak) => {
      const fleet = aFleet({ pools: [aGcpPool({ machineType, size: { min: 1, max: 12 } })] });
      const hours = [1, 2].map((seed) => {
        const simulated = simulatedPool(fleet.pools[0] as GcpPool, fleet);
        return simulate({
          pool: simulated,
          trace,
          policy: "keeper",
          seed,
          seconds: trace.seconds,
          samples: false,
        }).totals.bridgeHours;
      });
      const { needed } = meanBridges(pool, load({ peak, atFullStress, isMean: true }));
      const against = (needed * 168) / ((hours[0]! + hours[1]!) / 2);
      expect(against).toBeGreaterThan(0.9);
      expect(against).toBeLessThan(1.1);
    },
  );
});
