import { decide } from "../../../keeper/decide/decide";
import type { Drain, Memory } from "../../../keeper/decide/memory";
import type { Observation } from "../../../keeper/decide/observation";
import { aBridge, aGroup, anObservation, someSettings } from "../../builders/keeper-observation";

const NOW = 1_000_000;
const withDrains = (drains: Record<string, Drain>, rest: Partial<Memory> = {}): Memory => ({
  ...rest,
  drains,
});
const scaleIn = (ago: number, rest: Partial<Drain> = {}): Drain => ({
  since: NOW - ago,
  why: "scale-in",
  ...rest,
});
const surplus: Memory = { drains: {}, surplusSince: NOW - 600 };
const steps = (observation: Observation, memory: Memory, settings = someSettings()) =>
  decide(observation, settings, memory).actions.map(({ kind, ...rest }) =>
    "bridge" in rest ? `${kind} ${rest.bridge}` : `${kind} ${rest.min}`,
  );
const drained = (id: string, people: number, more: object = {}) =>
  aBridge(id, { localEndpoints: people, drain: true, ...more });

describe("decide", () => {
  describe("beginning", () => {
    it("waits until there has been one too many for long enough", () => {
      const first = decide(anObservation(), someSettings(), { drains: {} });
      expect(first.actions).toEqual([]);
      expect(first.memory.surplusSince).toBe(NOW);
      expect(decide(anObservation({ now: NOW + 119 }), someSettings(), first.memory).actions).toEqual([]);
      expect(steps(anObservation({ now: NOW + 120 }), first.memory)).toEqual(["drain a"]);
    });

    it("drains the emptiest, and says why", () => {
      const bridges = [
        aBridge("a", { localEndpoints: 20 }),
        aBridge("b", { localEndpoints: 4 }),
        aBridge("c"),
      ];
      expect(decide(anObservation({ bridges }), someSettings(), surplus)).toMatchObject({
        actions: [
          {
            kind: "drain",
            bridge: "b",
            reason: "one too many: the others would be at a mean stress of 0.17; 4 are on it",
          },
        ],
        memory: { drains: { b: { since: NOW, why: "scale-in" } } },
      });
    });

    it("takes the one with the fewest calls, because their last one ends soonest, and of those the emptiest", () => {
      const bridges = [
        aBridge("a", { localEndpoints: 12, conferences: 4 }),
        aBridge("b", { localEndpoints: 25, conferences: 1 }),
        aBridge("c", { localEndpoints: 15, conferences: 1 }),
      ];
      expect(steps(anObservation({ bridges }), surplus)).toEqual(["drain c"]);
    });

    it("keeps one that the others could not replace", () => {
      const bridges = ["a", "b", "c"].map((id) => aBridge(id, { localEndpoints: 41 }));
      expect(steps(anObservation({ bridges }), surplus)).toEqual([]);
      const fewer = ["a", "b", "c"].map((id) => aBridge(id, { localEndpoints: 40 }));
      expect(steps(anObservation({ bridges: fewer }), surplus)).toEqual(["drain a"]);
    });

    it.each([
      ["the minimum", { settings: someSettings({ min: 3 }), observation: { group: aGroup({ min: 3 }) } }],
      ["a schedule that runs or soon begins", { observation: { scheduledBridges: 3 } }],
      [
        "an autoscaler that does not say what it would like",
        { observation: { group: aGroup({ recommended: undefined }) } },
      ],
      [
        "youth",
        { observation: { bridges: ["a", "b", "c"].map((id) => aBridge(id, {}, { ageSeconds: 599 })) } },
      ],
      [
        "a bridge that is silent",
        { observation: { bridges: [aBridge("a"), aBridge("b"), aBridge("c", {}, { stats: undefined })] } },
      ],
      [
        "old statistics",
        { observation: { bridges: [aBridge("a"), aBridge("b"), aBridge("c", { ageSeconds: 46 })] } },
      ],
      [
        "statistics of the future",
        { observation: { bridges: [aBridge("a"), aBridge("b"), aBridge("c", { ageSeconds: -46 })] } },
      ],
      [
        "a Jicofo that does not answer",
        {
          observation: {
            bridges: ["a", "b", "c"].map((id) => aBridge(id, {}, { jicofoEndpoints: undefined })),
          },
        },
      ],
      ["a Compute Engine that does not answer", { observation: { group: undefined } }],
      ["a pause", { observation: { orders: { paused: true, drain: [] } } }],
      [
        "so many drains at once",
        {
          memory: withDrains({ d: scaleIn(60), e: scaleIn(60) }, { surplusSince: NOW - 600 }),
          observation: { bridges: [aBridge("a"), aBridge("b"), drained("d", 5), drained("e", 5)] },
        },
      ],
    ])(
      "is held back by %s",
      (
        _,
        {
          settings,
          observation,
          memory,
        }: {
          settings?: ReturnType<typeof someSettings>;
          observation?: Partial<Observation>;
          memory?: Memory;
        },
      ) => {
        expect(steps(anObservation(observation), memory ?? surplus, settings)).toEqual([]);
      },
    );

    it("does not let empty bridges in reserve keep others from being drained", () => {
      const bridges = [aBridge("a"), aBridge("b"), drained("d", 0), drained("e", 0)];
      const memory = withDrains(
        { d: scaleIn(600, { emptySince: NOW - 300 }), e: scaleIn(600, { emptySince: NOW - 300 }) },
        { surplusSince: NOW - 600 },
      );
      expect(steps(anObservation({ bridges, group: aGroup({ target: 4, recommended: 4 }) }), memory)).toEqual(
        ["drain a"],
      );
    });
  });

  describe("taking back", () => {
    const bridges = [aBridge("a", { localEndpoints: 75 }), drained("b", 3), drained("c", 9)];
    const memory = withDrains({ b: scaleIn(600), c: scaleIn(600) });

    it("brings back as many as the load needs, the fullest first, and does nothing else with them", () => {
      const { actions, memory: next } = decide(anObservation({ bridges }), someSettings(), memory);
      expect(actions).toEqual([
        {
          kind: "undrain",
          bridge: "c",
          reason: "the bridges that take calls are at a mean stress of 0.75, above 0.7",
        },
      ]);
      expect(Object.keys(next.drains)).toEqual(["b"]);
    });

    it("happens when a schedule begins", () => {
      const quiet = [aBridge("a", { localEndpoints: 5 }), drained("b", 3), drained("c", 9)];
      expect(steps(anObservation({ bridges: quiet, scheduledBridges: 2 }), memory)).toEqual(["undrain c"]);
    });

    it("leaves alone what people ordered, and what was told to leave", () => {
      const orders = { paused: false, drain: ["c"] };
      const told = withDrains({ b: scaleIn(600, { shutdownAt: NOW - 10 }), c: scaleIn(600) });
      expect(steps(anObservation({ bridges, orders, group: aGroup({ min: 2 }) }), told)).toEqual([]);
    });
  });

  describe("removal", () => {
    const group = aGroup({ target: 3, recommended: 2 });
    const with3 = (bridge: ReturnType<typeof aBridge>, more: Partial<Observation> = {}) =>
      anObservation({ group, bridges: [aBridge("a"), aBridge("b"), bridge], ...more });

    it("goes step by step: empty, told to leave, deleted", () => {
      let memory = withDrains({ c: scaleIn(300) });
      const seen: string[][] = [];
      for (const [after, bridge] of [
        [0, drained("c", 3)],
        [30, drained("c", 0)],
        [60, drained("c", 0)],
        [90, drained("c", 0, { shuttingDown: true })],
      ] as const) {
        const { actions, memory: next } = decide(with3(bridge, { now: NOW + after }), someSettings(), memory);
        seen.push(actions.map(({ kind }) => kind));
        memory = next;
      }
      expect(seen).toEqual([[], [], ["shutdown"], ["delete"]]);
    });

    it("deletes one that is down after it was told to leave, when Jicofo knows nobody on it", () => {
      const memory = withDrains({ c: scaleIn(300, { emptySince: NOW - 90, shutdownAt: NOW - 60 }) });
      const down = (jicofoEndpoints: number | undefined) =>
        with3(aBridge("c", {}, { stats: undefined, isDown: true, jicofoEndpoints }));
      expect(steps(down(0), memory)).toEqual(["delete c"]);
      expect(steps(down(1), memory)).toEqual([]);
      expect(steps(down(undefined), memory)).toEqual([]);
    });

    it("does not believe a bridge that counts nobody while Jicofo counts some", () => {
      const memory = withDrains({ c: scaleIn(300, { emptySince: NOW - 60 }) });
      const liar = aBridge("c", { localEndpoints: 0, drain: true }, { jicofoEndpoints: 7 });
      expect(steps(with3(liar), memory)).toEqual([]);
    });

    it("keeps an empty one in reserve for as long as the autoscaler wants as many", () => {
      const memory = withDrains({ c: scaleIn(300, { emptySince: NOW - 60 }) });
      const observation = with3(drained("c", 0), { group: aGroup({ target: 3, recommended: 3 }) });
      expect(decide(observation, someSettings(), memory)).toMatchObject({
        actions: [],
        summary: "c stays in reserve; one bridge too many, just now",
      });
    });

    it("tells again a bridge that did not hear it", () => {
      const memory = withDrains({ c: scaleIn(300, { emptySince: NOW - 60, shutdownAt: NOW - 26 }) });
      expect(steps(with3(drained("c", 0)), memory)).toEqual(["shutdown c"]);
    });

    it("leaves a bridge that is down in the group rather than going below the minimum", () => {
      const memory = withDrains({ c: scaleIn(300, { emptySince: NOW - 90, shutdownAt: NOW - 60 }) });
      const down = aBridge("c", {}, { stats: undefined, isDown: true, jicofoEndpoints: 0 });
      const { actions, memory: next } = decide(
        with3(down, { group: aGroup({ target: 3, recommended: 2, min: 3 }) }),
        someSettings({ min: 3 }),
        memory,
      );
      expect(actions).toEqual([]);
      expect(next.drains).toEqual({});
    });
  });

  describe("a machine that Google does not let go", () => {
    const left = (ago: number, why: Drain["why"] = "scale-in"): Memory =>
      withDrains(
        {
          d: { since: NOW - ago - 60, why, emptySince: NOW - ago - 30, shutdownAt: NOW - ago },
          c: scaleIn(300, { emptySince: NOW - 60 }),
        },
        { surplusSince: NOW - 600 },
      );
    const gone = aBridge("d", {}, { stats: undefined, isDown: true, jicofoEndpoints: 0 });
    const observation = anObservation({
      group: aGroup({ target: 4, recommended: 1 }),
      bridges: [aBridge("a"), aBridge("b"), drained("c", 0), gone],
    });

    it("is tried again, and for a quarter of an hour the others go on", () =>
      expect(steps(observation, left(900))).toEqual(["delete d", "shutdown c", "drain a"]));

    it("keeps the others from going after that, because its place carries nothing", () =>
      expect(decide(observation, someSettings(), left(901))).toMatchObject({
        actions: [{ kind: "delete", bridge: "d" }],
        summary: "drains none: d left long ago, and is still there",
      }));

    it("lets those take calls again that are drained, when there are more", () => {
      const busy = { ...observation, bridges: [aBridge("a", { localEndpoints: 90 }), drained("c", 0), gone] };
      expect(steps(busy, left(901))).toEqual(["undrain c", "delete d"]);
    });

    it("holds up nobody when people keep it", () => {
      const told = { ...observation, orders: { paused: false, drain: ["d"] } };
      expect(steps(told, left(901, "order"))).toEqual(["shutdown c", "set-min 2", "drain a"]);
    });
  });

  describe("deadline", () => {
    const group = aGroup({ target: 3, recommended: 2 });
    const at = (people: number) =>
      anObservation({ group, bridges: [aBridge("a"), aBridge("b"), drained("c", people)] });

    it("moves whoever is left, then makes the bridge leave, and never deletes it bare", () => {
      expect(steps(at(9), withDrains({ c: scaleIn(1799) }))).toEqual([]);
      expect(steps(at(9), withDrains({ c: scaleIn(1800) }))).toEqual(["move c"]);
      expect(steps(at(9), withDrains({ c: scaleIn(1830, { movedAt: NOW - 24 }) }))).toEqual([]);
      expect(
        decide(at(9), someSettings(), withDrains({ c: scaleIn(1860, { movedAt: NOW - 60 }) })).actions,
      ).toEqual([
        { kind: "shutdown", bridge: "c", forced: true, reason: "9 did not move 31 minutes after its drain" },
      ]);
    });

    it("waits less for few, and for ever where nobody may be moved", () => {
      expect(steps(at(2), withDrains({ c: scaleIn(299) }))).toEqual([]);
      expect(steps(at(2), withDrains({ c: scaleIn(300) }))).toEqual(["move c"]);
      expect(steps(at(3), withDrains({ c: scaleIn(1799) }))).toEqual([]);
      expect(
        steps(at(2), withDrains({ c: scaleIn(99_999) }), someSettings({ moveAtDeadline: false })),
      ).toEqual([]);
    });

    it("moves nobody where the others have no room, nor from a bridge that is only in reserve", () => {
      const full = anObservation({
        group,
        bridges: [
          aBridge("a", { localEndpoints: 60 }),
          aBridge("b", { localEndpoints: 60 }),
          drained("c", 9),
        ],
      });
      expect(steps(full, withDrains({ c: scaleIn(1800) }))).toEqual([]);
      const reserve = { ...at(9), group: aGroup({ target: 3, recommended: 3 }) };
      expect(steps(reserve, withDrains({ c: scaleIn(1800) }))).toEqual([]);
    });
  });

  describe("renewal", () => {
    const old = (id: string, stats: object = {}) => aBridge(id, stats, { template: "old", release: "r2" });
    const group = aGroup({ target: 2, recommended: 2, min: 2 });
    const settings = someSettings({ min: 2 });
    const see = (bridges: Observation["bridges"], more: Partial<Observation["group"] & object> = {}) =>
      anObservation({ bridges, group: { ...group, ...more } });

    it("makes room first, drains an old one when a new one is well, and takes the room away at the end", () => {
      expect(steps(see([old("a"), old("b")]), { drains: {} }, settings)).toEqual(["set-min 4"]);
      const coming = aBridge("c", {}, { phase: "coming", stats: undefined });
      expect(
        steps(see([old("a"), old("b"), coming], { target: 3, min: 4 }), { drains: {} }, settings),
      ).toEqual([]);
      const both = see([old("a"), old("b"), aBridge("c", { localEndpoints: 0 })], { target: 3, min: 4 });
      expect(decide(both, settings, { drains: {} }).memory.drains).toEqual({
        a: { since: NOW, why: "renewal" },
      });
      const over = see([aBridge("c"), aBridge("d"), aBridge("e")], { target: 3, min: 4 });
      expect(steps(over, { drains: {} }, settings)).toContain("set-min 2");
    });

    it("deletes an empty old one although the autoscaler wants as many: it makes a new one", () => {
      const memory = withDrains({
        a: { since: NOW - 300, why: "renewal", emptySince: NOW - 70, shutdownAt: NOW - 40 },
      });
      const down = { stats: undefined, isDown: true, jicofoEndpoints: 0 };
      const gone = aBridge("a", {}, { ...down, template: "old" });
      const observation = see([gone, old("b"), aBridge("c")], { target: 3, min: 4, recommended: 4 });
      expect(steps(observation, memory, settings)).toEqual(["delete a"]);
    });

    it("is not begun when two releases would be mixed for too long", () => {
      const before = (id: string) => aBridge(id, {}, { template: "old", release: "r1" });
      const { actions, summary } = decide(
        see([before("a"), before("b")]),
        { ...settings, mixedSeconds: 2000 },
        { drains: {} },
      );
      expect(actions).toEqual([]);
      expect(summary).toMatch(
        /^no renewal: 2 bridges would be mixed with a new release for 0\.6 hours, and 0\.6 hours are allowed/,
      );
    });

    it("goes on at the maximum only with what is there", () => {
      const { actions, summary } = decide(see([old("a"), old("b")], { max: 2 }), settings, { drains: {} });
      expect(actions).toEqual([]);
      expect(summary).toMatch(/^renews 2: the group is at its maximum of 2/);
    });
  });

  describe("orders", () => {
    it("drains a bridge that people name, and never removes it", () => {
      const orders = { paused: false, drain: ["b"] };
      const kept = aGroup({ min: 2 });
      const first = decide(anObservation({ orders, group: kept }), someSettings(), { drains: {} });
      expect(first.actions).toEqual([{ kind: "drain", bridge: "b", reason: "people ordered it" }]);
      const group = aGroup({ target: 3, recommended: 1 });
      const bridges = [aBridge("a"), drained("b", 0), aBridge("c")];
      const memory = withDrains({ b: { since: NOW - 1999, why: "order", emptySince: NOW - 900 } });
      expect(
        steps(anObservation({ orders, group, bridges }), memory).filter((step) => step.endsWith(" b")),
      ).toEqual([]);
    });

    it("gives it back to the pool when they take the order back", () => {
      const bridges = [
        aBridge("a", { localEndpoints: 80 }),
        drained("b", 0),
        aBridge("c", { localEndpoints: 80 }),
      ];
      const memory = withDrains({ b: { since: NOW - 900, why: "order" } });
      expect(steps(anObservation({ bridges }), memory)).toEqual(["undrain b"]);
    });

    it("gives its calls the whole deadline when it stays drained, however long people had it drained", () => {
      const bridges = [aBridge("a"), drained("b", 9), aBridge("c")];
      const memory = withDrains({ b: { since: NOW - 9999, why: "order" } });
      const group = aGroup({ recommended: 1 });
      const { actions, memory: next } = decide(anObservation({ bridges, group }), someSettings(), memory);
      expect(actions).toEqual([]);
      expect(next.drains["b"]).toEqual({ since: NOW, why: "scale-in" });
    });

    it("drains again a bridge whose program began anew", () => {
      const bridges = [aBridge("a"), aBridge("b"), aBridge("c", { localEndpoints: 0 })];
      const memory = withDrains({ c: scaleIn(300) });
      expect(steps(anObservation({ bridges }), memory)).toEqual(["drain c"]);
    });
  });

  it("takes a drain that it does not remember for its own", () => {
    const { memory } = decide(anObservation({ bridges: [aBridge("a"), drained("b", 4)] }), someSettings(), {
      drains: {},
    });
    expect(memory.drains).toEqual({ b: { since: NOW, why: "scale-in" } });
  });
});
