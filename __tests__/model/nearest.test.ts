import { nearest } from "../../model/nearest";

describe("nearest", () => {
  const TYPES = ["n2-standard-4", "n2-standard-8", "n2d-standard-4", "e2-medium"];

  it.each([
    ["n2-standrd-4", "n2-standard-4", "a missing letter"],
    ["n2-standard4", "n2-standard-4", "a missing hyphen"],
    ["n2-satndard-4", "n2-standard-4", "swapped neighbours"],
    ["N2-STANDARD-8", "n2-standard-8", "capitals"],
    ["n2d-standart-4", "n2d-standard-4", "a wrong letter"],
  ])("takes %s for %s: %s", (word, meant) => {
    expect(nearest(word, TYPES)).toBe(meant);
  });

  it("suggests nothing when nothing is near", () => {
    expect(nearest("m1-ultramem-40", TYPES)).toBeUndefined();
    expect(nearest("", TYPES)).toBeUndefined();
    expect(nearest("abc", [])).toBeUndefined();
  });

  it("tolerates one edit per three letters, and four at most", () => {
    expect(nearest("abd", ["abc"])).toBe("abc");
    expect(nearest("axd", ["abc"])).toBeUndefined();
    expect(nearest("aaaaaaaaaaaaaaaxxxx", ["aaaaaaaaaaaaaaabbbb"])).toBe("aaaaaaaaaaaaaaabbbb");
    expect(nearest("aaaaaaaaaaaaaaxxxxx", ["aaaaaaaaaaaaaabbbbb"])).toBeUndefined();
  });

  it("chooses by name between equally near candidates, whatever their order", () => {
    expect(nearest("eu-x", ["eu-b", "eu-a"])).toBe("eu-a");
    expect(nearest("eu-x", ["eu-a", "eu-b"])).toBe("eu-a");
  });
});
