import type { Action } from "../../keeper/decide/action";
import { DecisionLog, wordsOf } from "../../keeper/decision-log";

const drain = (bridge: string, reason = "one too many"): Action => ({ kind: "drain", bridge, reason });
const at = (minute: number) => `2026-11-30T10:${String(minute).padStart(2, "0")}:00Z`;

describe("DecisionLog", () => {
  it("keeps what was decided and whether it was done, oldest first", () => {
    const log = new DecisionLog();
    log.add(drain("a"), at(0));
    log.add({ kind: "set-min", min: 3, reason: "room" }, at(0));
    log.markDone(drain("a"));
    expect(log.decisions).toEqual([
      { at: at(0), kind: "drain", bridge: "a", reason: "one too many", done: true },
      { at: at(0), kind: "set-min", reason: "3: room", done: false },
    ]);
  });

  it("keeps one that is made again and again once, with its last time", () => {
    const log = new DecisionLog();
    expect(log.add(drain("a"), at(0))).toBe(true);
    expect(log.add(drain("a", "it takes calls, although it was drained"), at(1))).toBe(false);
    expect(log.decisions).toMatchObject([{ at: at(1), reason: "it takes calls, although it was drained" }]);
    log.markDone(drain("a"));
    expect(log.add(drain("a"), at(2))).toBe(true);
    expect(log.decisions).toHaveLength(2);
  });

  it("forgets the oldest of more than twenty", () => {
    const log = new DecisionLog();
    for (let i = 0; i < 25; i++) log.add(drain(`b${i}`), at(i));
    expect(log.decisions.map(({ bridge }) => bridge)).toEqual(
      Array.from({ length: 20 }, (_, i) => `b${i + 5}`),
    );
  });
});

describe("wordsOf", () => {
  it("names the bridge, or the number", () => {
    expect(wordsOf({ kind: "shutdown", bridge: "a", forced: true, reason: "5 did not move" })).toEqual({
      kind: "shutdown",
      bridge: "a",
      reason: "5 did not move",
    });
    expect(wordsOf({ kind: "set-min", min: 3, reason: "room" })).toEqual({
      kind: "set-min",
      reason: "3: room",
    });
  });
});
