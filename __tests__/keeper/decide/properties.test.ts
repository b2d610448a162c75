import fc from "fast-check";
import { decide } from "../../../keeper/decide/decide";
import { EMPTY_MEMORY, type Memory } from "../../../keeper/decide/memory";
import type { BridgeView, Observation } from "../../../keeper/decide/observation";
import type { KeeperSettings } from "../../../keeper/decide/settings";
import { KeeperWorld } from "../../builders/keeper-world";
import { someSettings } from "../../builders/keeper-observation";

const IDS = ["a", "b", "c", "d", "e", "f"];
const usually =
  (weight: number) =>
  <T>(value: T, other: fc.Arbitrary<T>) =>
    fc.oneof({ weight, arbitrary: fc.constant(value) }, other);
const often = usually(3);
type Often = typeof often;

const settings: fc.Arbitrary<KeeperSettings> = fc.record({
  min: often(1, fc.integer({ min: 1, max: 4 })),
  drainsAtOnce: fc.integer({ min: 1, max: 4 }),
  fullStress: often(0.6, fc.double({ min: 0.2, max: 0.7, noNaN: true })),
  releaseStress: fc.double({ min: 0.71, max: 0.79, noNaN: true }),
  surplusSeconds: fc.integer({ min: 0, max: 600 }),
  protectSeconds: fc.integer({ min: 0, max: 1200 }),
  drainDeadlineSeconds: often(300, fc.integer({ min: 0, max: 3600 })),
  moveAtDeadline: often(true, fc.boolean()),
  moveEarlyBelow: fc.integer({ min: 0, max: 10 }),
  moveEarlySeconds: fc.integer({ min: 0, max: 600 }),
  staleSeconds: fc.constant(45),
  settleSeconds: fc.constant(25),
  bootSeconds: fc.constant(150),
  mixedSeconds: fc.integer({ min: 0, max: 86_400 }),
});

/** Some bridges are drained most of the time, others hardly ever: so drains last over rounds. */
const statsOf = (id: string, often: Often) =>
  fc.record({
    ageSeconds: often(3, fc.integer({ min: -100, max: 4000 })),
    stress: often(0.1, fc.double({ min: 0, max: 1.5, noNaN: true })),
    localEndpoints: often(id === "e" ? 5 : 0, fc.integer({ min: 0, max: 200 })),
    conferences: fc.integer({ min: 0, max: 20 }),
    drain: often(id > "c", fc.boolean()),
    shuttingDown: often(false, fc.boolean()),
    ready: often(true, fc.boolean()),
  });

const bridge = (id: string, often: Often): fc.Arbitrary<BridgeView> =>
  fc.record({
    id: fc.constant(id),
    ageSeconds: fc.integer({ min: 0, max: 100_000 }),
    template: fc.constantFrom("new", "new", "old"),
    release: fc.constantFrom("r1", "r2", undefined),
    phase: often("running" as const, fc.constantFrom("coming", "running", "leaving")),
    stats: fc.option(statsOf(id, often), { nil: undefined, freq: 20 }),
    isDown: fc.boolean(),
    jicofoEndpoints: often<number | undefined>(0, fc.constantFrom(undefined, 0, 3)),
  });

const observation = (often: Often): fc.Arbitrary<Omit<Observation, "now"> & { readonly step: number }> =>
  fc.record({
    // Clocks are set back, too.
    step: often(30, fc.oneof(fc.constant(1800), fc.integer({ min: -5000, max: 5000 }))),
    group: fc.option(
      fc.record({
        target: often(5, fc.integer({ min: 0, max: 8 })),
        recommended: often<number | undefined>(1, fc.constantFrom(undefined, 0, 2, 5)),
        min: often(1, fc.integer({ min: 0, max: 6 })),
        max: fc.integer({ min: 1, max: 8 }),
        template: fc.constant("new"),
        release: fc.constantFrom("r2", undefined),
      }),
      { nil: undefined, freq: 10 },
    ),
    bridges: fc
      .subarray(IDS, { minLength: 3 })
      .chain((ids) => fc.tuple(...ids.map((id) => bridge(id, often))))
      .map((bridges) => bridges as BridgeView[]),
    scheduledBridges: often(0, fc.integer({ min: 0, max: 6 })),
    orders: fc.record({
      paused: often(false, fc.boolean()),
      drain: often<string[]>([], fc.subarray(IDS)),
    }),
  });

/** Wild ones, and some in which the same things last for a while. */
const sequences = fc
  .constantFrom(usually(3), usually(40))
  .chain((each) => fc.array(observation(each), { minLength: 1, maxLength: 25 }));

const isFresh = ({ stats }: BridgeView) => stats !== undefined && Math.abs(stats.ageSeconds) <= 45;

/** Feeds a sequence of anything to decide, the memory handed on, and holds each step against what must always be so. */
const always = (
  check: (step: {
    readonly o: Observation;
    readonly s: KeeperSettings;
    readonly before: Memory;
    readonly after: ReturnType<typeof decide>;
    readonly of: (id: string) => BridgeView;
  }) => void,
) =>
  fc.assert(
    fc.property(settings, sequences, (s, sequence) => {
      let memory: Memory = EMPTY_MEMORY;
      let now = 1_000_000;
      for (const { step, ...rest } of sequence) {
        now += step;
        const o = { ...rest, now };
        const after = decide(o, s, memory);
        check({ o, s, before: memory, after, of: (id) => o.bridges.find((each) => each.id === id)! });
        memory = after.memory;
      }
    }),
    { numRuns: 2000 },
  );

describe("decide, whatever it sees", () => {
  it("deletes nobody's bridge: it was told to leave before, and nobody is on it now", () => {
    let deletes = 0;
    always(({ before, after, of }) => {
      for (const action of after.actions) {
        if (action.kind !== "delete") continue;
        deletes += 1;
        const found = of(action.bridge);
        expect(found.jicofoEndpoints).toBe(0);
        const saysSo = isFresh(found) && found.stats!.localEndpoints === 0 && found.stats!.shuttingDown;
        const drain = before.drains[found.id];
        // By us, or by people, as the bridge said itself.
        const wasTold = drain?.shutdownAt !== undefined;
        const isDown = !isFresh(found) && found.isDown && wasTold;
        expect(saysSo || isDown).toBe(true);
        expect(after.memory.drains[found.id]?.why).not.toBe("order");
      }
    });
    expect(deletes).toBeGreaterThan(50);
  });

  it("tells a bridge to leave when nobody is on it, or when whoever was could not be moved", () => {
    const seen = { graceful: 0, forced: 0 };
    always(({ o, s, before, after, of }) => {
      for (const action of after.actions) {
        if (action.kind !== "shutdown") continue;
        const found = of(action.bridge);
        const drain = before.drains[found.id]!;
        expect(isFresh(found) && found.stats!.drain).toBe(true);
        if (action.forced) {
          seen.forced += 1;
          expect(s.moveAtDeadline).toBe(true);
          expect(o.now - drain.movedAt!).toBeGreaterThanOrEqual(25);
        } else {
          seen.graceful += 1;
          expect([found.stats!.localEndpoints, found.jicofoEndpoints]).toEqual([0, 0]);
          expect(o.now - drain.emptySince!).toBeGreaterThanOrEqual(25);
        }
      }
    });
    expect(seen.graceful).toBeGreaterThan(10);
    expect(seen.forced).toBeGreaterThan(10);
  });

  it("moves more than a few at the deadline only, and nobody at all where that is forbidden", () => {
    let moves = 0;
    always(({ o, s, before, after, of }) => {
      for (const action of after.actions) {
        if (action.kind !== "move") continue;
        moves += 1;
        expect(s.moveAtDeadline).toBe(true);
        const drainedFor = o.now - before.drains[action.bridge]!.since;
        const { stats, jicofoEndpoints } = of(action.bridge);
        const people = Math.max(stats!.localEndpoints, jicofoEndpoints!);
        const isFew = people <= s.moveEarlyBelow && drainedFor >= s.moveEarlySeconds;
        expect(isFew || drainedFor >= s.drainDeadlineSeconds).toBe(true);
      }
    });
    expect(moves).toBeGreaterThan(5);
  });

  it("never takes the group below the minimum, and never lowers the autoscaler's minimum below the data's", () => {
    let deletes = 0;
    always(({ o, s, after }) => {
      const deleted = after.actions.filter(({ kind }) => kind === "delete").length;
      deletes += deleted;
      if (deleted > 0) expect(o.group!.target - deleted).toBeGreaterThanOrEqual(s.min);
      for (const action of after.actions) {
        if (action.kind === "set-min") {
          expect(action.min).toBeGreaterThanOrEqual(s.min);
          expect(action.min).toBeLessThanOrEqual(Math.max(s.min, o.group!.max));
        }
      }
    });
    expect(deletes).toBeGreaterThan(50);
  });

  it("begins no drain on data that is stale or missing, and at most so many at once", () => {
    let drains = 0;
    always(({ o, s, before, after, of }) => {
      const begun = after.actions.flatMap((action) =>
        action.kind === "drain" && !o.orders.drain.includes(action.bridge) && !before.drains[action.bridge]
          ? [action.bridge]
          : [],
      );
      expect(begun.length).toBeLessThanOrEqual(1);
      for (const id of begun) {
        // It answers, and no Jicofo uses it.
        if (of(id).template === "old" && !of(id).stats?.ready) continue;
        drains += 1;
        expect(o.group?.recommended).toBeDefined();
        expect(isFresh(of(id)) && of(id).jicofoEndpoints !== undefined).toBe(true);
        expect(of(id).ageSeconds).toBeGreaterThanOrEqual(s.protectSeconds);
        const silent = o.bridges.filter(
          (each) =>
            each.phase === "running" &&
            each.ageSeconds > s.protectSeconds &&
            !isFresh(each) &&
            before.drains[each.id]?.shutdownAt === undefined &&
            after.memory.drains[each.id]?.shutdownAt === undefined,
        );
        expect(silent).toEqual([]);
        const underWay = Object.values(after.memory.drains).filter(
          ({ why, emptySince }) => why !== "order" && emptySince === undefined,
        );
        const isChange = o.bridges.some(
          (each) => each.template === "old" && each.release !== o.group!.release,
        );
        if (!isChange) expect(underWay.length).toBeLessThanOrEqual(s.drainsAtOnce);
      }
    });
    expect(drains).toBeGreaterThan(20);
  });

  it("leaves as many that take calls as the data and the schedules ask for", () => {
    always(({ o, s, before, after, of }) => {
      const begins = after.actions.some(
        (action) =>
          action.kind === "drain" &&
          of(action.bridge).stats!.ready &&
          !o.orders.drain.includes(action.bridge) &&
          !before.drains[action.bridge],
      );
      if (!begins) return;
      const takers = o.bridges.filter(
        (each) =>
          each.phase === "running" && isFresh(each) && each.stats!.ready && !after.memory.drains[each.id],
      );
      expect(takers.length).toBeGreaterThanOrEqual(Math.max(1, s.min, o.scheduledBridges));
    });
  });

  it("does nothing more with a drain that it takes back", () => {
    let back = 0;
    always(({ after }) => {
      for (const action of after.actions) {
        if (action.kind !== "undrain") continue;
        back += 1;
        const others = after.actions.filter((other) => "bridge" in other && other.bridge === action.bridge);
        expect(others).toEqual([action]);
        expect(after.memory.drains[action.bridge]).toBeUndefined();
      }
      if (after.actions.some(({ kind }) => kind === "undrain"))
        expect(after.actions.filter(({ kind }) => kind === "move" || kind === "shutdown")).toEqual([]);
    });
    expect(back).toBeGreaterThan(50);
  });

  it("does nothing while Compute Engine does not answer, and forgets nothing", () => {
    always(({ o, before, after }) => {
      if (o.group) return;
      expect(after.actions).toEqual([]);
      expect(after.memory).toBe(before);
    });
  });

  it("only takes back while it is paused: whatever can take calls takes them", () => {
    let back = 0;
    always(({ o, after, of }) => {
      if (!o.group || !o.orders.paused) return;
      back += after.actions.length;
      expect(after.actions.filter(({ kind }) => kind !== "undrain")).toEqual([]);
      for (const [id, drain] of Object.entries(after.memory.drains))
        expect(drain.why === "order" || drain.shutdownAt !== undefined || !isFresh(of(id))).toBe(true);
    });
    expect(back).toBeGreaterThan(50);
  });

  it("gives the same answer to the same question, and changes nothing that it is given", () => {
    const freeze = <T>(value: T): T => {
      if (typeof value === "object" && value !== null) Object.values(Object.freeze(value)).forEach(freeze);
      return value;
    };
    always(({ o, s, before, after }) => {
      expect(decide(freeze(structuredClone(o)), freeze(s), freeze(structuredClone(before)))).toEqual(after);
    });
  });
});

/** A world that answers to what is done in it; some calls get lost, some answers are missing. */
const world = fc.record({
  seed: fc.integer(),
  bridges: fc.integer({ min: 1, max: 8 }),
  people: fc.array(fc.integer({ min: 0, max: 60 }), { minLength: 8, maxLength: 8 }),
  /** Rounds until the calls on a bridge end; some outlast every deadline. */
  rounds: fc.array(fc.integer({ min: 1, max: 400 }), { minLength: 8, maxLength: 8 }),
  old: fc.integer({ min: 0, max: 8 }),
  loss: fc.constantFrom(0, 0.1, 0.3),
  forgets: fc.constantFrom(0, 0.02),
  s: settings,
});

describe("decide, in a world that answers", () => {
  it("cuts nobody and comes to an end: the group as small as it may be, all of the new template, nobody drained", () => {
    fc.assert(
      fc.property(world, ({ s, ...options }) => {
        const settings = {
          ...s,
          moveAtDeadline: true,
          mixedSeconds: Infinity,
          drainDeadlineSeconds: s.drainDeadlineSeconds / 4,
        };
        const room = new KeeperWorld(options, settings);
        room.run(600);
        expect(room.cut).toBe(0);
        room.loss = 0;
        room.forgets = 0;
        room.run(600);
        expect(room.cut).toBe(0);
        expect(room.group()).toEqual({ size: room.needed(), old: 0, drained: 0, min: settings.min });
        room.acted = 0;
        room.run(20);
        expect(room.acted).toBe(0);
      }),
      { numRuns: 150 },
    );
  });

  it("waits for ever where nobody may be moved, and even then cuts nobody", () => {
    fc.assert(
      fc.property(world, ({ s, ...options }) => {
        const room = new KeeperWorld(options, { ...s, moveAtDeadline: false });
        room.run(300);
        expect([room.cut, room.moved]).toEqual([0, 0]);
      }),
      { numRuns: 60 },
    );
  });

  it("does cut calls in this world when it is naive", () => {
    const room = new KeeperWorld(
      {
        seed: 1,
        bridges: 3,
        people: [9, 9, 9, 9, 9, 9, 9, 9],
        rounds: [90, 90, 90, 90, 90, 90, 90, 90],
        old: 0,
        loss: 0,
        forgets: 0,
      },
      someSettings(),
    );
    room.do({ kind: "delete", bridge: room.names()[0]!, reason: "" });
    expect(room.cut).toBe(9);
  });
});
