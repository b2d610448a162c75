import type { Action } from "../../../keeper/decide/action";
import { decide } from "../../../keeper/decide/decide";
import { EMPTY_MEMORY, type Drain, type Memory } from "../../../keeper/decide/memory";
import type { BridgeView, Observation } from "../../../keeper/decide/observation";
import { aBridge, aGroup, anObservation, someSettings } from "../../builders/keeper-observation";

const NOW = 1_000_000;
const drainedFor = (ago: number, rest: Partial<Drain> = {}): Drain => ({
  since: NOW - ago,
  why: "scale-in",
  ...rest,
});
const remember = (drains: Record<string, Drain>, rest: Partial<Memory> = {}): Memory => ({ ...rest, drains });
const words = (actions: readonly Action[]) =>
  actions.map((action) => ("bridge" in action ? `${action.kind} ${action.bridge}` : `set-min ${action.min}`));
const steps = (observation: Observation, memory: Memory, settings = someSettings()) =>
  words(decide(observation, settings, memory).actions);
const drained = (id: string, people: number, stats: object = {}, view: Partial<BridgeView> = {}) =>
  aBridge(id, { localEndpoints: people, drain: true, ...stats }, view);
const mute = { stats: undefined } as const;

describe("decide, when things go wrong", () => {
  describe("a bridge that does not answer, and a Jicofo that knows nobody on it", () => {
    const group = aGroup({ target: 3, recommended: 1 });
    const at = (c: BridgeView, now = NOW) =>
      anObservation({ now, group, bridges: [aBridge("a"), aBridge("b"), c] });

    it("keeps a bridge that people told to leave by hand, when it is silent once and Jicofo began anew", () => {
      // 40 callers of another customer, whom the home's Jicofo never counts; or all, while bridges come back into the brewery one by one.
      const leaving = at(drained("c", 40, { shuttingDown: true, drain: false }, { jicofoEndpoints: 0 }));
      const first = decide(leaving, someSettings(), EMPTY_MEMORY);
      expect(words(first.actions)).toEqual([]);
      const silent = at(aBridge("c", {}, { ...mute, jicofoEndpoints: 0 }), NOW + 30);
      expect(steps(silent, first.memory)).toEqual([]);
    });

    it("keeps a bridge whose forced shutdown perhaps never arrived", () => {
      const due = remember({ c: drainedFor(1900, { movedAt: NOW - 60 }) });
      const forced = decide(at(drained("c", 9, {}, { jicofoEndpoints: 0 })), someSettings(), due);
      expect(words(forced.actions)).toEqual(["shutdown c"]); // the call gets lost, and so does the next answer
      expect(steps(at(aBridge("c", {}, { ...mute, jicofoEndpoints: 0 }), NOW + 30), forced.memory)).toEqual(
        [],
      );
    });

    it("keeps one that was empty when it was told to leave, as long as it may still run", () => {
      const memory = remember({ c: drainedFor(300, { emptySince: NOW - 150, shutdownAt: NOW - 90 }) });
      const silent = at(aBridge("c", {}, { ...mute, jicofoEndpoints: 0 }));
      expect(steps(silent, memory)).toEqual([]);
    });

    it("deletes one whose program does not run any more, also when nobody saw it empty", () => {
      const memory = remember({ c: drainedFor(1900, { movedAt: NOW - 150, shutdownAt: NOW - 90 }) });
      const down = at(aBridge("c", {}, { ...mute, isDown: true, jicofoEndpoints: 0 }));
      expect(steps(down, memory)).toEqual(["delete c"]);
    });
  });

  describe("a pause", () => {
    it("takes back what was drained, so that no bridge is missing and no deadline runs on", () => {
      const orders = { paused: true, drain: ["b"] };
      const bridges = [aBridge("a", { localEndpoints: 95 }), drained("b", 0), drained("c", 4)];
      const { actions, memory } = decide(
        anObservation({ bridges, orders }),
        someSettings(),
        remember({ b: { since: NOW - 900, why: "order" }, c: drainedFor(1700) }),
      );
      expect(words(actions)).toEqual(["undrain c"]);
      expect(Object.keys(memory.drains)).toEqual(["b"]);
    });
  });

  describe("the least number of the data", () => {
    it("is not left lowered when the pool's stack is deployed before the keeper's file has the new minimum", () => {
      const three = ["a", "b", "c", "d"].map((id) => aBridge(id, { localEndpoints: 30 }));
      const group = (min: number) => aGroup({ target: 4, recommended: 4, min });
      // The file of the keeper says 2, Terraform has just set 4.
      const early = decide(
        anObservation({ bridges: three, group: group(4) }),
        someSettings({ min: 2 }),
        EMPTY_MEMORY,
      );
      const min = early.actions.flatMap((each) => (each.kind === "set-min" ? [each.min] : []))[0] ?? 4;
      // Now the file says 4, too.
      const late = decide(
        anObservation({ bridges: three, group: group(min) }),
        someSettings({ min: 4 }),
        early.memory,
      );
      const after = late.actions.flatMap((each) => (each.kind === "set-min" ? [each.min] : []))[0] ?? min;
      expect(after).toBe(4);
    });
  });

  describe("a machine that was made anew under its old name", () => {
    const group = aGroup({ target: 3, recommended: 2 });
    const at = (c: BridgeView) => anObservation({ group, bridges: [aBridge("a"), aBridge("b"), c] });

    it("does not delete the new machine while it boots", () => {
      const memory = remember({ c: drainedFor(3600, { emptySince: NOW - 3000, shutdownAt: NOW - 2900 }) });
      const booting = aBridge("c", {}, { ...mute, ageSeconds: 90, jicofoEndpoints: 0 });
      expect(steps(at(booting), memory)).toEqual([]);
    });

    it("does not drain the new machine, nor move those who are on it", () => {
      const memory = remember({ c: drainedFor(5000) });
      const fresh = aBridge("c", { localEndpoints: 30 }, { ageSeconds: 900 });
      const first = decide(at(fresh), someSettings(), memory);
      expect(words(first.actions)).toEqual([]);
      expect(first.memory.drains).toEqual({});
    });
  });

  describe("a reserve, while others do not serve", () => {
    const memory = remember({ d: drainedFor(300, { emptySince: NOW - 60 }) });
    const observe = (others: BridgeView[], more: Partial<Observation> = {}) =>
      anObservation({
        group: aGroup({ target: 4, recommended: 3 }),
        bridges: [aBridge("a", { localEndpoints: 60 }), ...others, drained("d", 0)],
        ...more,
      });

    it.each([
      ["silent", [aBridge("b", {}, mute), aBridge("c", {}, mute)], {}],
      [
        "coming",
        [aBridge("b", {}, { ...mute, phase: "coming" }), aBridge("c", {}, { ...mute, phase: "coming" })],
        {},
      ],
      [
        "kept by people",
        [drained("b", 0), drained("c", 0)],
        { orders: { paused: false, drain: ["b", "c"] } },
      ],
    ] as [string, BridgeView[], Partial<Observation>][])("stays there: %s", (_, others, more) => {
      expect(steps(observe(others, more), memory).filter((step) => step.startsWith("shutdown"))).toEqual([]);
    });

    it("goes when the others do serve", () => {
      expect(steps(observe([aBridge("b"), aBridge("c")]), memory)).toContain("shutdown d");
    });

    it("stays there in a renewal, too, when the load needs it", () => {
      const old = (id: string, stats: object = {}) => aBridge(id, stats, { template: "old" });
      const broken = ["x", "y", "z"].map((id) =>
        aBridge(id, {}, { ...mute, ageSeconds: 400, jicofoEndpoints: 0 }),
      );
      const c = aBridge("c", { localEndpoints: 0, drain: true }, { template: "old" });
      const observation = anObservation({
        group: aGroup({ target: 6, recommended: 6, min: 6 }),
        bridges: [old("a", { localEndpoints: 65 }), old("b", { localEndpoints: 65 }), c, ...broken],
      });
      const memory = remember({ c: drainedFor(300, { emptySince: NOW - 60 }) });
      expect(steps(observation, memory, someSettings({ min: 2 }))).toEqual([]);
    });
  });

  describe("a template whose machines never get well", () => {
    const old = (id: string, stats: object = {}) => aBridge(id, stats, { template: "old" });

    it("does not fill the group to its maximum with them", () => {
      const broken = ["x", "y", "z"].map((id) => aBridge(id, { ready: false, localEndpoints: 0 }));
      const observation = anObservation({
        group: aGroup({ target: 5, recommended: 5, min: 5 }),
        bridges: [old("a"), old("b"), ...broken],
      });
      expect(steps(observation, EMPTY_MEMORY, someSettings({ min: 2 }))).toEqual([]);
    });

    it("is over when the next template is well: those that never got ready go first", () => {
      const wreck = (id: string, stats: object = {}) =>
        aBridge(id, { ready: false, localEndpoints: 0, ...stats }, { template: "broken" });
      const group = aGroup({ target: 5, recommended: 5, min: 5, max: 5 });
      const settings = someSettings({ min: 2 });
      const bridges = [old("a"), old("b"), wreck("x"), wreck("y"), wreck("z")];
      expect(steps(anObservation({ group, bridges }), EMPTY_MEMORY, settings)).toEqual(["drain x"]);
      const drainedOnes = ["x", "y", "z"].map((id) => wreck(id, { drain: true }));
      const empty = drainedFor(300, { why: "renewal", emptySince: NOW - 60 });
      expect(
        steps(
          anObservation({ group, bridges: [old("a"), old("b"), ...drainedOnes] }),
          remember({ x: empty, y: empty, z: empty }),
          settings,
        ),
      ).toEqual(["shutdown x", "shutdown y", "shutdown z"]);
    });
  });

  describe("a pool of one, whose bridge people want out of use", () => {
    it("gets another bridge", () => {
      const observation = anObservation({
        group: aGroup({ target: 1, recommended: 1, min: 1 }),
        bridges: [drained("a", 20)],
        orders: { paused: false, drain: ["a"] },
      });
      expect(steps(observation, remember({ a: drainedFor(300, { why: "order" }) }))).toEqual(["set-min 2"]);
    });
  });

  describe("a renewal with an old bridge that cannot go", () => {
    const settings = someSettings({ min: 2 });

    it.each([
      ["does not answer", aBridge("o", {}, { ...mute, template: "old" }), EMPTY_MEMORY],
      [
        "has a call without an end, where nobody may be moved",
        aBridge("o", { localEndpoints: 3, drain: true }, { template: "old" }),
        remember({ o: drainedFor(99_999, { why: "renewal" }) }),
      ],
    ] as [string, BridgeView, Memory][])("takes the room away when the last one %s", (_, o, memory) => {
      const observation = anObservation({
        group: aGroup({ target: 5, recommended: 5, min: 5 }),
        bridges: [o, aBridge("a"), aBridge("b"), aBridge("c"), aBridge("d")],
      });
      expect(steps(observation, memory, { ...settings, moveAtDeadline: false })).toContain("set-min 2");
    });

    it("lets surplus new ones go meanwhile", () => {
      const o = aBridge("o", { localEndpoints: 3, drain: true }, { template: "old" });
      const observation = anObservation({
        group: aGroup({ target: 5, recommended: 2, min: 2 }),
        bridges: [o, aBridge("a"), aBridge("b"), aBridge("c"), aBridge("d")],
      });
      const memory = remember({ o: drainedFor(99_999, { why: "renewal" }) }, { surplusSince: NOW - 900 });
      expect(steps(observation, memory, { ...settings, moveAtDeadline: false })).toEqual(["drain a"]);
    });
  });

  describe("two deadlines, and room for one removal", () => {
    it("moves people of one bridge only", () => {
      const observation = anObservation({
        group: aGroup({ target: 4, recommended: 3 }),
        bridges: [aBridge("a"), aBridge("b"), drained("c", 9), drained("d", 9)],
      });
      const memory = remember({ c: drainedFor(1900), d: drainedFor(1850) });
      const first = decide(observation, someSettings(), memory);
      expect(words(first.actions)).toEqual(["move c"]);
      const next = { ...observation, now: NOW + 20 };
      expect(steps(next, first.memory)).toEqual([]);
    });
  });

  describe("an empty bridge, and another at its deadline", () => {
    it.each([20, 60])("moves nobody when the empty one can go instead (empty for %s s)", (ago) => {
      const observation = anObservation({
        group: aGroup({ target: 4, recommended: 3 }),
        bridges: [aBridge("a"), aBridge("b"), drained("c", 9), drained("d", 0)],
      });
      const memory = remember({ c: drainedFor(1900), d: drainedFor(600, { emptySince: NOW - ago }) });
      expect(steps(observation, memory)).not.toContain("move c");
    });
  });

  describe("an order that is taken back", () => {
    it("gives the bridge back, and moves nobody because the order is old", () => {
      const observation = anObservation({
        group: aGroup({ target: 3, recommended: 2 }),
        bridges: [aBridge("a"), aBridge("b"), drained("c", 30)],
      });
      expect(steps(observation, remember({ c: drainedFor(7200, { why: "order" }) }))).toEqual(["undrain c"]);
    });
  });

  describe("a bridge that is overloaded", () => {
    it("is no surplus: its load is not known, only that it is no less", () => {
      const bridges = [
        aBridge("a", { localEndpoints: 200, stress: 1.1 }),
        ...["b", "c", "d"].map((id) => aBridge(id, { localEndpoints: 0 })),
      ];
      const observation = anObservation({ group: aGroup({ target: 4, recommended: 4 }), bridges });
      expect(steps(observation, { drains: {}, surplusSince: NOW - 600 })).toEqual([]);
    });
  });

  describe("two releases, and drains of the old one that are all taken", () => {
    it("does not leave one old bridge with whoever joins any old call", () => {
      const old = (id: string, stats: object) => aBridge(id, stats, { template: "old", release: "r1" });
      const observation = anObservation({
        group: aGroup({ target: 6, recommended: 6, min: 6 }),
        bridges: [
          old("a", { localEndpoints: 95 }),
          old("b", { localEndpoints: 20, drain: true }),
          old("c", { localEndpoints: 20, drain: true }),
          ...["x", "y", "z"].map((id) => aBridge(id, { localEndpoints: 5 })),
        ],
      });
      const why = { why: "renewal" } as const;
      const memory = remember({ b: drainedFor(300, why), c: drainedFor(300, why) });
      expect(steps(observation, memory, someSettings({ drainsAtOnce: 2 }))).toEqual(["drain a"]);
    });
  });

  describe("a brewery that is gone for a moment", () => {
    it("does not call back a bridge that no Jicofo could use", () => {
      const observation = anObservation({
        bridges: [aBridge("a", { localEndpoints: 75 }), drained("b", 9, { ready: false }), drained("c", 3)],
      });
      expect(steps(observation, remember({ b: drainedFor(300), c: drainedFor(300) }))).toEqual(["undrain c"]);
    });

    it("moves nobody from a bridge that it does not know, and forces nobody off it", () => {
      const observation = anObservation({
        group: aGroup({ target: 3, recommended: 2 }),
        bridges: [aBridge("a"), aBridge("b"), drained("c", 9, { ready: false }, { jicofoEndpoints: 0 })],
      });
      expect(steps(observation, remember({ c: drainedFor(1900) }))).toEqual([]);
      expect(steps(observation, remember({ c: drainedFor(1900, { movedAt: NOW - 60 }) }))).toEqual([]);
    });
  });

  describe("the first action fails, and the rest is not done", () => {
    it("takes back before it drains again", () => {
      const observation = anObservation({
        bridges: [aBridge("a", { localEndpoints: 90 }), drained("b", 3), aBridge("c", { localEndpoints: 0 })],
        orders: { paused: false, drain: ["c"] },
        group: aGroup({ min: 2 }),
      });
      const memory = remember({ b: drainedFor(300), c: drainedFor(300, { why: "order" }) });
      expect(steps(observation, memory)).toEqual(["undrain b", "drain c"]);
    });
  });

  describe("what came to light later", () => {
    const drain = (why: Drain["why"], ago: number): Drain => ({ since: NOW - ago, why });

    it("gives a bridge back that was silent when people took their order back", () => {
      const observe = (now: number, c: object) =>
        anObservation({
          now,
          group: aGroup({ target: 3, recommended: 2 }),
          bridges: [aBridge("a"), aBridge("b"), aBridge("c", { localEndpoints: 30, drain: true }, c)],
        });
      const silent = decide(observe(NOW, { stats: undefined }), someSettings(), {
        drains: { c: drain("order", 7200) },
      });
      expect(steps(observe(NOW + 30, {}), silent.memory)).toContain("undrain c");
    });

    it("keeps to its number of drains where nobody knows the release of the old ones", () => {
      const old = (id: string, stats: object) => aBridge(id, stats, { template: "old", release: undefined });
      const observation = anObservation({
        group: aGroup({ target: 6, recommended: 6, min: 6 }),
        bridges: [
          old("a", {}),
          old("b", { localEndpoints: 20, drain: true }),
          old("c", { localEndpoints: 20, drain: true }),
          ...["x", "y", "z"].map((id) => aBridge(id, { localEndpoints: 5 })),
        ],
      });
      const memory = { drains: { b: drain("renewal", 300), c: drain("renewal", 300) } };
      expect(steps(observation, memory, someSettings({ drainsAtOnce: 2 }))).toEqual([]);
    });

    it("lets a wreck of an old template go where those that are well are fewer than the minimum, and there is no room", () => {
      const wreck = (id: string) => aBridge(id, { localEndpoints: 0, ready: false }, { template: "broken" });
      const observation = anObservation({
        group: aGroup({ target: 4, recommended: 4, min: 3, max: 4 }),
        bridges: [
          aBridge("a", {}, { template: "old" }),
          aBridge("b", {}, { template: "old" }),
          wreck("x"),
          wreck("y"),
        ],
      });
      expect(steps(observation, { drains: {} }, someSettings({ min: 3 }))).toEqual(["drain x"]);
    });

    it("tells a wreck to leave that the group cannot do without: it is made anew", () => {
      const empty = { ...drain("renewal", 300), emptySince: NOW - 60 };
      const y = aBridge("y", { localEndpoints: 0, ready: false, drain: true }, { template: "broken" });
      const observation = anObservation({
        group: aGroup({ target: 3, recommended: 3, min: 3 }),
        bridges: [aBridge("a"), aBridge("b"), y],
      });
      const settings = someSettings({ min: 3 });
      expect(steps(observation, { drains: { y: empty } }, settings)).toEqual(["shutdown y"]);
      const down = {
        ...observation,
        bridges: [aBridge("a"), aBridge("b"), { ...y, stats: undefined, jicofoEndpoints: 0 }],
      };
      expect(steps(down, { drains: { y: { ...empty, shutdownAt: NOW - 60 } } }, settings)).toEqual([]);
    });
  });
});
