import { Random } from "../../simulate/random";

const draw = (count: number, random: Random, next: (random: Random) => number) =>
  Array.from({ length: count }, () => next(random));
const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;

describe("Random", () => {
  it("gives the same numbers for ever", () => {
    expect(draw(4, new Random(1, "calls"), (random) => Math.floor(random.next() * 1e6)))
      .toMatchInlineSnapshot(`
      [
        351893,
        133854,
        838956,
        942765,
      ]
    `);
  });

  it("has independent streams of one seed", () => {
    const [a, b] = ["a", "b"].map((stream) =>
      draw(2000, new Random(1, stream), (random) => random.next() - 0.5),
    );
    expect(Math.abs(mean(a!.map((value, i) => value * b![i]!)))).toBeLessThan(0.006);
    expect(a).not.toEqual(draw(2000, new Random(2, "a"), (random) => random.next() - 0.5));
  });

  it("has the means and spreads that it names", () => {
    const random = new Random(3, "means");
    expect(mean(draw(20_000, random, (r) => r.next()))).toBeCloseTo(0.5, 2);
    expect(mean(draw(20_000, random, (r) => r.exponential(3)))).toBeCloseTo(3, 0);
    const normal = draw(20_000, random, (r) => r.normal());
    expect(Math.abs(mean(normal))).toBeLessThan(0.03);
    expect(mean(normal.map((value) => value * value))).toBeCloseTo(1, 1);
    for (const expected of [0.3, 12, 200]) {
      const counts = draw(20_000, random, (r) => r.poisson(expected));
      expect(Math.abs(mean(counts) / expected - 1)).toBeLessThan(0.03);
      expect(Math.abs(mean(counts.map((n) => (n - expected) ** 2)) / expected - 1)).toBeLessThan(0.06);
    }
  });

  it("draws whole numbers below a bound, all of them", () => {
    const values = draw(500, new Random(4, "below"), (random) => random.below(5));
    expect(new Set(values)).toEqual(new Set([0, 1, 2, 3, 4]));
  });
});
