import { comment } from "../../../render/text/comment";

describe("comment", () => {
  it("breaks lines between words, at 110 characters", () => {
    const text = comment(`${"word ".repeat(40)}end`);
    expect(
      text
        .trimEnd()
        .split("\n")
        .map((line) => line.length),
    ).toEqual([106, 100]);
    expect(text).toMatch(/^(# (word )*(word|end)\n)+$/);
  });

  it("is nothing for an empty text", () => expect(comment("")).toBe(""));

  it("keeps a word that is longer than a line", () => {
    expect(comment(`a ${"x".repeat(200)} b`)).toBe(`# a\n# ${"x".repeat(200)}\n# b\n`);
  });
});
