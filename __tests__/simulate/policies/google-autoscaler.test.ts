import { type AutoscalerOptions, GoogleAutoscaler } from "../../../simulate/policies/google-autoscaler";
import { Random } from "../../../simulate/random";
import { Schedules } from "../../../simulate/world/schedules";
import type { World } from "../../../simulate/world/world";
import { aMeeting, at, aWorld, someCalls } from "../../builders/calls";

const noSchedules = new Schedules({}, 0);

function autoscalerOf(world: World, overrides: Partial<AutoscalerOptions> = {}): GoogleAutoscaler {
  const autoscaler = new GoogleAutoscaler(world, {
    mode: "on",
    min: 1,
    max: 10,
    schedules: noSchedules,
    targets: [0.5],
    initialisationSeconds: 150,
    random: new Random(1, "policy"),
    ...overrides,
  });
  world.add(autoscaler, 0);
  return autoscaler;
}

/** Two bridges, each with a call of so many people from the beginning on. */
const busy = (people: number, until = 3600) =>
  someCalls(
    Array.from({ length: people }, () => [0, until] as const),
    Array.from({ length: people }, () => [0, until] as const),
  );

describe("GoogleAutoscaler", () => {
  it("sizes the group so that the mean is at the target, rounded up, when the metric is there", () => {
    const world = aWorld(busy(60));
    const autoscaler = autoscalerOf(world);
    const targets: number[] = [];
    for (const time of [60, 115, 125]) at(world, time, () => targets.push(autoscaler.target));
    world.run();
    // 1.2 in all against 0.5: three. The first minute ends at 60 s and can be read at 120 s.
    expect(targets).toEqual([2, 2, 3]);
    expect(world.machines).toHaveLength(3);
  });

  it("takes the signal that asks for most", () => {
    const world = aWorld(busy(60));
    autoscalerOf(world, { targets: [0.9, 0.2, 0.6] });
    world.run();
    expect(world.machines).toHaveLength(6);
  });

  it("stays between the bounds", () => {
    const full = aWorld(busy(60));
    autoscalerOf(full, { targets: [0.1], max: 4 });
    full.run();
    expect(full.machines).toHaveLength(4);
    const idle = aWorld(someCalls(), { bridges: 3 });
    autoscalerOf(idle, { min: 2 });
    idle.run();
    expect(idle.machines).toHaveLength(2);
  });

  it("removes all that is too much in one step, when the peak of ten minutes allows it", () => {
    const world = aWorld(busy(60, 600), { bridges: 2, seconds: 3600 });
    autoscalerOf(world, { targets: [0.2] });
    const sizes: number[] = [];
    for (const time of [500, 1200, 1255, 1265]) at(world, time, () => sizes.push(world.machines.length));
    world.run();
    // The last full minute is [540, 600): read at 660 first, and part of the peak in the nine looks after that.
    expect(sizes).toEqual([6, 6, 6, 1]);
  });

  it("removes nothing before it has seen ten minutes of load", () => {
    const world = aWorld(someCalls(), { bridges: 3 });
    autoscalerOf(world);
    const sizes: number[] = [];
    for (const time of [65, 535, 545, 605]) at(world, time, () => sizes.push(world.machines.length));
    world.run();
    expect(sizes).toEqual([3, 3, 1, 1]);
  });

  it("never removes with only-scale-out, but says what it would like", () => {
    const world = aWorld(busy(60, 600));
    const autoscaler = autoscalerOf(world, { targets: [0.2], mode: "only-scale-out" });
    world.run();
    expect(world.machines).toHaveLength(6);
    expect(autoscaler).toMatchObject({ target: 6, recommended: 1 });
  });

  it("adds nothing for the load of a machine that is younger than its initialisation", () => {
    // The world's own two machines are old. A third comes at 0 and is busy from 200 s on.
    const sizeAt = (initialisationSeconds: number): number => {
      const world = aWorld(someCalls(aMeeting(3, 200, 3600, 30)), { bridges: 0, seconds: 900 });
      const autoscaler = autoscalerOf(world, { initialisationSeconds });
      world.run();
      return autoscaler.target;
    };
    expect(sizeAt(150)).toBe(2);
    expect(sizeAt(3600)).toBe(1);
  });

  it("keeps up what a schedule asks for, and as much as a keeper asks for", () => {
    const schedules = new Schedules(
      { morning: { start: "10 0 * * *", durationMinutes: 20, minBridges: 5, timeZone: "UTC" } },
      0,
    );
    const world = aWorld(someCalls(), { seconds: 3600 });
    const autoscaler = autoscalerOf(world, { schedules, mode: "on" });
    const sizes: number[] = [];
    for (const time of [590, 605, 1700, 2500]) at(world, time, () => sizes.push(world.machines.length));
    at(world, 2600, () => (autoscaler.min = 4));
    world.run();
    expect(sizes).toEqual([1, 5, 5, 1]);
    expect(world.machines).toHaveLength(4);
  });
});
