import { SourceFile } from "../../config/source-file";

const positionsIn = (text: string, ...offsets: number[]): string[] => {
  const source = new SourceFile("a.yaml", "pool", text);
  return offsets.map((offset) => {
    const { line, column } = source.positionAt(offset);
    return `${line}:${column}`;
  });
};

describe("positionAt", () => {
  it("counts lines and columns from 1", () =>
    expect(positionsIn("a: 1\nbc: 2\n", 0, 3, 5, 9)).toEqual(["1:1", "1:4", "2:1", "2:5"]));

  it("breaks lines at LF, CR LF and CR", () =>
    expect(positionsIn("a\r\nb\rc\nd", 0, 3, 5, 7)).toEqual(["1:1", "2:1", "3:1", "4:1"]));

  it("counts characters, not UTF-16 units", () =>
    expect(positionsIn("🎉🎉: x", "🎉🎉: ".length)).toEqual(["1:5"]));

  it("stays inside of the text", () => expect(positionsIn("ab\n\n\n", 100, -1)).toEqual(["1:2", "1:1"]));

  it("gives an empty text its start", () => expect(positionsIn("", 0, 9)).toEqual(["1:1", "1:1"]));
});
