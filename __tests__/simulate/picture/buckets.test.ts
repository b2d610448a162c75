import { bucketLength, bucketsOf } from "../../../simulate/picture/buckets";
import type { Sample } from "../../../simulate/result";

const sample = (at: number, numbers: Partial<Sample> = {}): Sample => ({
  at,
  ...{ demand: 0, capacity: 0, booting: 0, active: 0, draining: 0, leaving: 0, recommended: null },
  ...{ overloaded: 0, interrupted: 0, moved: 0, refused: 0 },
  ...numbers,
});

describe("bucketLength", () => {
  it.each([
    [3600, 504, 60],
    [7 * 86_400, 504, 1200],
    [7 * 86_400, 168, 3600],
    [31 * 86_400, 504, 7200],
    [10 * 365 * 86_400, 504, 86_400],
  ])("of %i s and at most %i is %i s", (seconds, most, length) =>
    expect(bucketLength(seconds, most)).toBe(length),
  );
});

describe("bucketsOf", () => {
  it("keeps the most people, sums up who was interrupted, and counts bridges at the beginning", () => {
    const samples = [
      sample(0, { demand: 5, active: 2, interrupted: 1 }),
      sample(60, { demand: 9, active: 3, interrupted: 2, overloaded: 1, moved: 4 }),
      sample(120, { demand: 7, active: 4 }),
    ];
    expect(bucketsOf(samples, 120)).toEqual([
      expect.objectContaining({ at: 0, demand: 9, active: 2, interrupted: 3, moved: 4, overloaded: true }),
      expect.objectContaining({ at: 120, demand: 7, active: 4, interrupted: 0, overloaded: false }),
    ]);
  });
});
