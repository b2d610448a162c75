import type { Decision } from "../../../keeper/decide/action";
import { decide } from "../../../keeper/decide/decide";
import type { Observation } from "../../../keeper/decide/observation";
import { keeperSettings } from "../../../model/keeper-settings";
import { GoogleAutoscaler } from "../../../simulate/policies/google-autoscaler";
import { Keeper, type KeeperOptions } from "../../../simulate/policies/keeper";
import { Random } from "../../../simulate/random";
import { BUILT_IN_TRACES } from "../../../simulate/traces/built-in-traces";
import { Schedules } from "../../../simulate/world/schedules";
import type { World } from "../../../simulate/world/world";
import { aMeeting, aSimulatedPool, at, aWorld, someCalls } from "../../builders/calls";

function keep(world: World, overrides: Partial<KeeperOptions> = {}): GoogleAutoscaler {
  const schedules = new Schedules({}, 0);
  const autoscaler = new GoogleAutoscaler(world, {
    mode: "only-scale-out",
    min: 1,
    max: 20,
    schedules,
    targets: [0.5],
    initialisationSeconds: 150,
    random: new Random(1, "policy"),
  });
  world.add(autoscaler, 0);
  const options: KeeperOptions = {
    decide,
    settings: { ...keeperSettings(aSimulatedPool().settings), min: 1 },
    intervalSeconds: 30,
    lookaheadSeconds: 900,
    schedules,
    ...overrides,
  };
  world.add(new Keeper(world, autoscaler, options), 0);
  return autoscaler;
}

describe("Keeper", () => {
  it("drains the emptier of two bridges, waits until its calls have ended, and deletes it", () => {
    const world = aWorld(someCalls(aMeeting(20, 0, 7200), aMeeting(5, 60, 2400)), { seconds: 7200 });
    const autoscaler = keep(world, {
      settings: { ...keeperSettings(aSimulatedPool().settings), min: 1, moveAtDeadline: false },
    });
    const states: string[] = [];
    for (const time of [1200, 2380, 2600])
      at(world, time, () =>
        states.push(
          world.machines.map(({ drain, isLeaving }) => (isLeaving ? "L" : drain ? "D" : "A")).join(""),
        ),
      );
    world.run();
    expect(states).toEqual(["AD", "AD", "A"]);
    expect(autoscaler.target).toBe(1);
    expect(world.rooms.counts).toMatchObject({ interrupted: 0, moved: 0 });
  });

  it("sees what the keeper would see", () => {
    const seen: Observation[] = [];
    const world = aWorld(someCalls(aMeeting(20, 0, 7200)), { seconds: 300 });
    at(world, 235, () => world.create());
    keep(world, {
      intervalSeconds: 120,
      decide: (observation, _, memory): Decision => {
        seen.push(observation);
        return { actions: [], memory, summary: "" };
      },
    });
    world.run();
    const [first, , last] = seen;
    expect(first!.group).toMatchObject({ target: 2, recommended: 2, min: 1, max: 20 });
    expect(last!.now - first!.now).toBe(240);
    expect(last!.bridges.map(({ id, phase, jicofoEndpoints }) => [id, phase, jicofoEndpoints])).toEqual([
      ["bridge-0", "running", 20],
      ["bridge-1", "running", 0],
      ["bridge-2", "coming", 0],
    ]);
    expect(last!.bridges[0]!.stats).toMatchObject({
      stress: 0.2,
      localEndpoints: 20,
      drain: false,
      ready: true,
    });
    expect(last!.bridges[0]!.stats!.ageSeconds).toBeLessThanOrEqual(10);
    expect(last!.bridges[2]!).toMatchObject({ stats: undefined, ageSeconds: 5 });
  });

  it.each<[string, (decision: Decision) => Decision["actions"]]>([
    [
      "deletes at once what it shall drain",
      ({ actions }) => actions.map((one) => (one.kind === "drain" ? { ...one, kind: "delete" } : one)),
    ],
    [
      "deletes instead of moving",
      ({ actions }) => actions.map((one) => (one.kind === "move" ? { ...one, kind: "delete" } : one)),
    ],
  ])("catches a keeper that %s", (_, spoil) => {
    const trace = BUILT_IN_TRACES[0]!;
    const seconds = 86_400;
    const world = aWorld(trace.callsOf(1, seconds), { seconds });
    keep(world, {
      decide: (...args) => {
        const decision = decide(...args);
        return { ...decision, actions: spoil(decision) };
      },
    });
    world.run();
    expect(world.rooms.counts.interrupted).toBeGreaterThan(0);
  });

  it("renews every bridge after a new release, and cuts nobody", () => {
    const seconds = 18 * 3600;
    const trace = BUILT_IN_TRACES[0]!;
    const world = aWorld(trace.callsOf(2, seconds), { seconds });
    keep(world);
    at(world, 9.5 * 3600, () => (world.recipe = { template: "template-2", release: "release-2" }));
    const releases = () => new Set(world.machines.map(({ release }) => release));
    at(world, 10 * 3600, () => expect([...releases()]).toEqual(["release-1", "release-2"]));
    world.run();
    expect([...releases()]).toEqual(["release-2"]);
    expect(world.rooms.counts.interrupted).toBe(0);
    expect.assertions(3);
  });
});
