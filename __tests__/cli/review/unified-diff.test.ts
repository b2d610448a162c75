import { unifiedDiff } from "../../../cli/review/unified-diff";

describe("unifiedDiff", () => {
  const numbers = Array.from({ length: 20 }, (_, index) => String(index));
  const text = (lines: readonly string[]): string => `${lines.join("\n")}\n`;

  it("is empty for the same text", () => {
    expect(unifiedDiff("a\n", "a\n")).toEqual([]);
  });

  it("shows two lines around each change, and @@ between distant ones", () => {
    const changed = numbers.map((each) => (each === "3" ? "three" : each)).filter((each) => each !== "15");
    expect(unifiedDiff(text(numbers), text(changed))).toEqual([
      ...[" 1", " 2", "-3", "+three", " 4", " 5", "@@", " 13", " 14", "-15", " 16", " 17"],
    ]);
  });

  it("finds lines that stay within what changes", () => {
    expect(unifiedDiff("a\nb\nc\nd\n", "x\nb\ny\nc\n")).toEqual(["-a", "+x", " b", "+y", " c", "-d"]);
  });

  it("has all of a file that comes or goes", () => {
    expect(unifiedDiff("", "a\nb\n")).toEqual(["+a", "+b"]);
    expect(unifiedDiff("a\n", "")).toEqual(["-a"]);
  });

  it("shows what is too long to compare as replaced", () => {
    const [before, after] = ["a", "b"].map((sign) =>
      text(Array.from({ length: 2500 }, (_, i) => `${sign}${i}`)),
    );
    expect(unifiedDiff(before!, after!)).toHaveLength(5000);
  });
});
