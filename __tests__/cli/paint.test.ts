import { paintFor } from "../../cli/paint";
import type { Terminal } from "../../cli/terminal";

const terminal = (screens: Partial<Terminal> = {}): Terminal => ({
  out: () => undefined,
  err: () => undefined,
  ...screens,
});
const isColoured = (...args: Parameters<typeof paintFor>): boolean => paintFor(...args).red("x") !== "x";

describe("paintFor", () => {
  it("colours on a screen and nowhere else", () => {
    expect(isColoured(terminal(), "out", {})).toBe(false);
    expect(isColoured(terminal({ outIsScreen: true }), "out", {})).toBe(true);
    expect(isColoured(terminal({ outIsScreen: true }), "err", {})).toBe(false);
    expect(isColoured(terminal({ errIsScreen: true }), "err", {})).toBe(true);
  });

  it("obeys NO_COLOR, TERM and FORCE_COLOR, in this order", () => {
    const screen = terminal({ outIsScreen: true });
    expect(isColoured(screen, "out", { NO_COLOR: "1", FORCE_COLOR: "1" })).toBe(false);
    expect(isColoured(screen, "out", { NO_COLOR: "" })).toBe(true);
    expect(isColoured(screen, "out", { TERM: "dumb" })).toBe(false);
    expect(isColoured(terminal(), "out", { FORCE_COLOR: "1" })).toBe(true);
    expect(isColoured(terminal(), "out", { FORCE_COLOR: "0" })).toBe(false);
  });
});
