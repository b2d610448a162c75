import { figure } from "../../model/figure";

describe("figure", () => {
  it.each([
    [1234567, undefined, "1,234,567"],
    [10.9, undefined, "10.9"],
    [1234.5, 2, "1,234.50"],
    [1234.5, 0, "1,235"],
    [-0.125, 2, "-0.13"],
  ])("separates thousands, and has the digits that are asked for: %d, %p", (value, digits, expected) =>
    expect(figure(value, digits)).toBe(expected),
  );
});
