import { JitsiAutoscaler } from "../../../simulate/policies/jitsi-autoscaler";
import { aMeeting, at, aWorld, someCalls } from "../../builders/calls";

const everyone = (people: number, from: number, until: number) =>
  Array.from({ length: people }, () => [from, until] as const);

describe("JitsiAutoscaler", () => {
  it("adds one when the mean stress of two minutes is 0.3, and no second one for ten minutes", () => {
    const world = aWorld(someCalls(everyone(70, 0, 3600)), { seconds: 3600 });
    world.add(new JitsiAutoscaler(world, { min: 2, max: 8 }), 0);
    const sizes: number[] = [];
    for (const time of [115, 125, 700, 725]) at(world, time, () => sizes.push(world.machines.length));
    world.run();
    // Mean 0.35 of two; 0.23 of three is enough.
    expect(sizes).toEqual([2, 3, 3, 3]);

    const busier = aWorld(someCalls(everyone(70, 0, 3600), everyone(70, 0, 3600)), { seconds: 3600 });
    busier.add(new JitsiAutoscaler(busier, { min: 2, max: 4 }), 0);
    const steps: number[] = [];
    for (const time of [125, 715, 725, 3500]) at(busier, time, () => steps.push(busier.machines.length));
    busier.run();
    expect(steps).toEqual([3, 3, 4, 4]);
  });

  it("has the emptiest leave gracefully when ten minutes are below 0.1, and removes it when its calls have ended", () => {
    const world = aWorld(someCalls(aMeeting(6, 0, 3600), aMeeting(3, 100, 2000)), { seconds: 3600 });
    world.add(new JitsiAutoscaler(world, { min: 1, max: 8 }), 0);
    const sizes: number[] = [];
    for (const time of [595, 605, 1995, 2105])
      at(world, time, () =>
        sizes.push(world.machines.length, world.machines.filter(({ isLeaving }) => isLeaving).length),
      );
    world.run();
    expect(sizes).toEqual([2, 0, 2, 1, 2, 1, 1, 0]);
    expect(world.rooms.counts).toMatchObject({ interrupted: 0, moved: 0 });
    expect(world.machines[0]!.name).toBe("bridge-0");
  });

  it("removes none below the minimum, and none that is younger than a quarter of an hour", () => {
    const world = aWorld(someCalls(), { bridges: 2, seconds: 7200 });
    world.add(new JitsiAutoscaler(world, { min: 2, max: 8 }), 0);
    world.run();
    expect(world.machines).toHaveLength(2);
  });
});
