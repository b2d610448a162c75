import { highest, isAbove, NOTICES, parseNotice } from "../../review/notice";

describe("isAbove", () => {
  it("holds for each class against those before it, and not against itself", () => {
    for (const [index, notice] of NOTICES.entries()) {
      expect(NOTICES.filter((other) => isAbove(notice, other))).toEqual(NOTICES.slice(0, index));
    }
  });
});

describe("highest", () => {
  it("is the most of several, and none of none", () => {
    expect(highest(["drains bridges", "none", "moves calls", "new calls only"])).toBe("moves calls");
    expect(highest([])).toBe("none");
  });
});

describe("parseNotice", () => {
  it.each([
    ["moves calls", "moves calls"],
    ["Moves-Calls", "moves calls"],
    ["destroys-data", "destroys data"],
    ["everything", undefined],
    ["", undefined],
  ])("reads %p as %p", (text, notice) => {
    expect(parseNotice(text)).toBe(notice);
  });
});
