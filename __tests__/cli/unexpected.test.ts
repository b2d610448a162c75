import { readFileSync } from "node:fs";
import { explainUnexpected } from "../../cli/unexpected";

describe("explainUnexpected", () => {
  it("says in one line that fleet is to blame, and how to see where", () =>
    expect(explainUnexpected(new TypeError("x is undefined"), {})).toEqual({
      text: "This is a fault of fleet: x is undefined. FLEET_DEBUG=1 shows where; please report it with that.\n",
      code: 70,
    }));

  it("shows where with FLEET_DEBUG=1", () => {
    const { text, code } = explainUnexpected(new Error("odd"), { FLEET_DEBUG: "1" });
    expect(code).toBe(70);
    expect(text).toMatch(/^This is a fault of fleet: odd\.\n\nError: odd\n {4}at .*unexpected\.test\.ts/);
  });

  it("takes whatever is thrown", () =>
    expect(explainUnexpected("words", {}).text).toMatch(/^This is a fault of fleet: words\./));

  it("names the file that the system refuses, which is not fleet's fault", () => {
    let refused: unknown;
    try {
      readFileSync("/nowhere/at/all");
    } catch (error) {
      refused = error;
    }
    expect(explainUnexpected(refused, {})).toEqual({
      text: "/nowhere/at/all: ENOENT: no such file or directory.\n",
      code: 1,
    });
  });
});
