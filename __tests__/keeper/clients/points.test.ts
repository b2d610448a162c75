import { lineOf } from "../../../keeper/clients/points";

const point = (tags: Record<string, string>, fields: Record<string, string | number | undefined>) =>
  lineOf({ measurement: "keeper", tags, fields, time: 1_796_000_000.5 });

describe("lineOf", () => {
  it("sorts tags, and tells milliseconds", () => {
    expect(point({ pool: "a-b", account: "a" }, { size: 3, max: 8 })).toBe(
      "keeper,account=a,pool=a-b size=3,max=8 1796000000500",
    );
  });

  it.each([
    [
      "spaces, commas, equals signs in tags",
      { "a b": "c,d=e f" },
      { x: 1 },
      String.raw`keeper,a\ b=c\,d\=e\ f x=1`,
    ],
    [
      "quotes and backslashes in texts",
      {},
      { x: 'say "no" to C:\\' },
      String.raw`keeper x="say \"no\" to C:\\"`,
    ],
    [
      "line breaks, which would begin another point",
      { t: "a\nb" },
      { x: "a\r\nb" },
      String.raw`keeper,t=a\ b x="a b"`,
    ],
    [
      "a backslash at the end of a tag, which would eat the comma",
      { t: "a\\", u: "b" },
      { x: 1 },
      "keeper,t=a,u=b x=1",
    ],
    ["what has no value", { t: "" }, { x: 1, y: undefined, z: NaN }, "keeper x=1"],
    ["letters of any language", { t: "größe" }, { x: "zu groß" }, 'keeper,t=größe x="zu groß"'],
  ])("copes with %s", (_, tags, fields, line) => {
    expect(point(tags, fields)).toBe(`${line} 1796000000500`);
  });
});
