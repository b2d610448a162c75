import fc from "fast-check";
import { RESULTS, randomText } from "../../../sandbox/random/random-values";

const CLASSES = { lower: /[a-z]/g, upper: /[A-Z]/g, numeric: /[0-9]/g, special: /[^a-zA-Z0-9]/g };

describe("randomText", () => {
  it("has the length asked for, only what is allowed, and at least what is demanded", () => {
    const kinds = fc.record({
      lower: fc.boolean(),
      upper: fc.boolean(),
      numeric: fc.boolean(),
      special: fc.boolean(),
      min_lower: fc.nat(3),
      min_upper: fc.nat(3),
      min_numeric: fc.nat(3),
      min_special: fc.nat(3),
      length: fc.integer({ min: 12, max: 40 }),
    });
    const isPossible = (kind: {
      lower: boolean;
      upper: boolean;
      numeric: boolean;
      special: boolean;
    }): boolean => kind.lower || kind.upper || kind.numeric || kind.special;
    fc.assert(
      fc.property(kinds.filter(isPossible), (settings) => {
        const text = randomText(settings);
        expect(text).toHaveLength(settings.length);
        for (const [name, pattern] of Object.entries(CLASSES)) {
          const found = text.match(pattern)?.length ?? 0;
          const least = settings[`min_${name}` as "min_lower"];
          expect(found).toBeGreaterThanOrEqual(least);
          if (!settings[name as "lower"]) expect(found).toBe(least);
        }
      }),
      { seed: 1 },
    );
  });

  it.each([
    [
      { length: 3, min_lower: 2, min_upper: 2 },
      "at least the sum of min_upper, min_lower, min_numeric and min_special (4), got 3",
    ],
    [
      { length: 4, lower: false, upper: false, numeric: false, special: false },
      "at least one of upper, lower, numeric and special",
    ],
  ])("refuses %j", (settings, message) => {
    expect(() => randomText(settings)).toThrow(message);
  });
});

describe("the other results", () => {
  it.each<[string, Record<string, unknown>, RegExp]>([
    ["random_uuid", {}, /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/],
    ["random_id", { byte_length: 4, prefix: "p-" }, /^[\w-]{6}$/],
    ["random_pet", { length: 3, separator: "." }, /^[a-z]+\.[a-z]+\.[a-z]+$/],
    ["random_integer", { min: 7, max: 7 }, /^7$/],
  ])("%s has the shape of the real one", (type, settings, shape) => {
    expect(RESULTS[type]!(settings as never)["id"]).toMatch(shape);
  });

  it("random_shuffle repeats its input only when more is asked for than there is", () => {
    const shuffle = (count: number): unknown[] =>
      RESULTS["random_shuffle"]!({ input: ["a", "b", "c"], result_count: count })["result"] as unknown[];
    expect([...shuffle(3)].sort()).toEqual(["a", "b", "c"]);
    expect(new Set(shuffle(2)).size).toBe(2);
    expect(shuffle(7)).toHaveLength(7);
  });
});
