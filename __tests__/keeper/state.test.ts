import { type KeeperState, parseState, shifted } from "../../keeper/state";

const STATE: KeeperState = {
  holder: "first",
  beat: 7,
  at: "2026-11-30T10:00:00Z",
  now: 1_796_000_000.5,
  mode: "act",
  intervalSeconds: 30,
  memory: {
    drains: { a: { since: 1, why: "scale-in", emptySince: 2, movedAt: 3, shutdownAt: 4 } },
    surplusSince: 5,
  },
  summary: "",
  problem: null,
  group: { target: 3, recommended: undefined, min: 1, max: 8, template: "t", release: undefined },
  bridges: [
    {
      id: "a",
      phase: "running",
      ageSeconds: 1,
      stress: null,
      localEndpoints: 0,
      drain: null,
      state: "takes calls",
    },
  ],
  decisions: [{ at: "2026-11-30T10:00:00Z", kind: "set-min", reason: "2: room", done: true }],
};

describe("parseState", () => {
  it("reads what a keeper wrote", () => {
    expect(parseState(JSON.stringify(STATE))).toEqual(JSON.parse(JSON.stringify(STATE)));
  });

  it.each([
    ["{", "it is no JSON"],
    ["null", "it is no JSON object"],
  ])("refuses %s", (text, why) => {
    expect(parseState(text)).toBe(why);
  });

  it.each(Object.keys(STATE))("refuses one without %s", (field) => {
    expect(parseState(JSON.stringify({ ...STATE, [field]: undefined }))).toBe(
      `${field} is missing, or not what it should be`,
    );
  });

  it.each([
    ["memory", { drains: { a: { since: "1", why: "scale-in" } } }],
    ["memory", { drains: { a: { since: 1, why: "whim" } } }],
    ["memory", { drains: { a: { since: 1, why: "order", shutdownAt: null } } }],
    ["memory", { drains: [], surplusSince: 1 }],
    ["memory", { drains: {}, surplusSince: "1" }],
    ["mode", "off"],
    ["at", "yesterday"],
    ["bridges", [{ id: "a" }]],
    ["decisions", [{ at: "2026-11-30T10:00:00Z", kind: "drain", reason: "", done: "no" }]],
    ["group", { target: 3 }],
  ])("refuses one with another shape of %s", (field, value) => {
    expect(parseState(JSON.stringify({ ...STATE, [field]: value }))).toBe(
      `${field} is missing, or not what it should be`,
    );
  });
});

describe("shifted", () => {
  it("moves every time of a memory", () => {
    expect(shifted(STATE.memory, 100)).toEqual({
      drains: { a: { since: 101, why: "scale-in", emptySince: 102, movedAt: 103, shutdownAt: 104 } },
      surplusSince: 105,
    });
    expect(shifted({ drains: { a: { since: 1, why: "order" } } }, 1)).toEqual({
      drains: { a: { since: 2, why: "order" } },
    });
  });
});
