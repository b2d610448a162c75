import { addUsd, type Amounts, splitUsd, toUsd } from "../../estimate/amounts";
import { Random } from "../../simulate/random";

describe("splitUsd", () => {
  it("gives the odd cent to the largest remainder", () => {
    // 1.00 by 1:1:1 is 0.34, 0.33, 0.33; 2.00 adds the same once more, and 10.00 another 8.00: 2.67, 2.67, 2.66.
    expect(splitUsd({ floor: 1, expected: 2, ceiling: 10 }, [1, 1, 1])).toEqual([
      { floor: 0.34, expected: 0.68, ceiling: 3.35 },
      { floor: 0.33, expected: 0.66, ceiling: 3.33 },
      { floor: 0.33, expected: 0.66, ceiling: 3.32 },
    ]);
  });

  it("divides equally where nobody weighs anything", () => {
    const parts = splitUsd({ floor: 4, expected: 4, ceiling: 4 }, [0, 0]);
    expect(parts.map(({ floor }) => floor)).toEqual([2, 2]);
  });

  it("sums up exactly, and no part falls, whatever the weights", () => {
    const random = new Random(7, "test");
    for (let round = 0; round < 300; round++) {
      const floor = random.below(5000);
      const expected = floor + random.below(5000);
      const total = { floor, expected, ceiling: expected + random.below(5000) };
      const usd = toUsd({
        floor: total.floor / 100,
        expected: total.expected / 100,
        ceiling: total.ceiling / 100,
      });
      const weights = Array.from({ length: 1 + random.below(7) }, () => random.below(4) * random.next());
      const parts = splitUsd(usd, weights);
      expect(addUsd(parts)).toEqual(usd);
      for (const part of parts) expect(isGrowing(part)).toBe(true);
    }
  });
});

const isGrowing = ({ floor, expected, ceiling }: Amounts) =>
  floor >= 0 && expected >= floor && ceiling >= expected;

describe("toUsd", () => {
  it("rounds to cents and never falls", () => {
    expect(toUsd({ floor: 1.005, expected: 1.0049, ceiling: 0 })).toEqual({
      floor: 1,
      expected: 1,
      ceiling: 1,
    });
    expect(toUsd({ floor: 0.126, expected: 0.1, ceiling: 3.14159 })).toEqual({
      floor: 0.13,
      expected: 0.13,
      ceiling: 3.14,
    });
  });
});
