import { POLICIES } from "../../../simulate/result";
import { addControllers } from "../../../simulate/simulate";
import { BUILT_IN_TRACES } from "../../../simulate/traces/built-in-traces";
import { Schedules } from "../../../simulate/world/schedules";
import { aMeeting, aSimulatedPool, at, aWorld, someCalls } from "../../builders/calls";
import { aGcpPool } from "../../builders/fleet";

jest.setTimeout(30_000);

describe("World", () => {
  it("lets Jicofo know of a drain within five seconds, and of its end", () => {
    const world = aWorld(someCalls());
    const [bridge] = world.machines;
    const seen: boolean[] = [];
    at(world, 100, () => world.drain(bridge!, true));
    at(world, 100, () => seen.push(bridge!.seen.drain));
    at(world, 105, () => seen.push(bridge!.seen.drain, bridge!.stats(105)!.drain));
    at(world, 200, () => world.drain(bridge!, false));
    at(world, 205, () => seen.push(bridge!.seen.drain));
    world.run();
    expect(seen).toEqual([false, true, true, false]);
  });

  it("counts stress and people every ten seconds, so that statistics are up to ten seconds old", () => {
    const world = aWorld(someCalls(aMeeting(40, 0, 3000)), { bridges: 1 });
    const ages = new Set<number>();
    world.add(
      { intervalSeconds: 5, look: (now) => ages.add(world.machines[0]!.stats(now)!.ageSeconds) },
      100,
    );
    at(world, 600, () =>
      expect(world.machines[0]!.stats(600)).toMatchObject({
        stress: 0.4,
        localEndpoints: 40,
        conferences: 1,
      }),
    );
    world.run();
    expect(ages).toEqual(new Set([0, 5]));
    expect.assertions(2);
  });

  it("pays for a machine from its creation to its deletion", () => {
    const world = aWorld(someCalls(), { bridges: 1, seconds: 7200 });
    at(world, 600, () => world.create());
    at(world, 4200, () => world.delete(world.machines[1]!));
    world.run();
    expect(world.meter.totals(7200, world.machines).bridgeHours).toBe(3);
  });

  it("boots a machine in about the pool's boot time", () => {
    const world = aWorld(someCalls());
    at(world, 600, () => world.create());
    const states: string[] = [];
    for (const time of [600 + 130, 600 + 185]) at(world, time, () => states.push(world.machines[2]!.state));
    world.run();
    expect(states).toEqual(["booting", "serving"]);
  });

  it("ends the program 45 s after it was told to leave empty, and takes nobody meanwhile", () => {
    const world = aWorld(someCalls(aMeeting(3, 110, 900)));
    at(world, 100, () => world.shutdown(world.machines[0]!, false));
    at(world, 140, () => expect(world.machines[0]).toMatchObject({ state: "serving", endpoints: 0 }));
    at(world, 150, () => {
      expect(world.machines[0]!.state).toBe("exited");
      expect(world.machines[0]!.stats(150)).toBeUndefined();
      expect(world.shutdown(world.machines[0]!, true)).toBe(false);
    });
    world.run();
    expect(world.machines).toHaveLength(2);
    expect.assertions(5);
  });

  it("lets calls on a bridge go on that leaves gracefully, takes no new ones, and ends it when they end", () => {
    const world = aWorld(someCalls(aMeeting(3, 0, 900), aMeeting(3, 200, 900), aMeeting(3, 300, 900)));
    at(world, 100, () => world.shutdown(world.machines[0]!, false));
    at(world, 500, () => expect(world.machines.map(({ endpoints }) => endpoints)).toEqual([3, 6]));
    at(world, 960, () => expect(world.machines[0]!.state).toBe("exited"));
    world.run();
    expect(world.rooms.counts).toMatchObject({ interrupted: 0, moved: 0 });
    expect.assertions(3);
  });

  it("has Jicofo move everybody off a bridge that is forced to leave", () => {
    const world = aWorld(someCalls(aMeeting(10, 0, 900)));
    at(world, 100, () => world.shutdown(world.machines[0]!, true));
    at(world, 105, () => expect(world.machines.map(({ endpoints }) => endpoints)).toEqual([0, 10]));
    world.run();
    expect(world.rooms.counts).toMatchObject({ interrupted: 0, moved: 10 });
    expect.assertions(2);
  });

  it("cuts off whom a forced shutdown leaves no other bridge", () => {
    const world = aWorld(someCalls(aMeeting(10, 0, 900)), { bridges: 1 });
    at(world, 100, () => world.shutdown(world.machines[0]!, true));
    world.run();
    expect(world.rooms.counts.interrupted).toBe(10);
  });

  it("adds up the time above the stress that Jicofo avoids, over the bridges", () => {
    // Two conferences of 10 people of weight 9: 0.9 on each of two bridges, for 600 and for 300 s.
    const world = aWorld(
      someCalls(
        Array.from({ length: 10 }, () => [0, 600, 9] as const),
        Array.from({ length: 10 }, () => [0, 300, 9] as const),
      ),
    );
    world.run();
    expect(world.meter.totals(3600, world.machines).overloadMinutes).toBeCloseTo(15, 5);
  });

  it("measures how long the load is above what the bridges carry at targetStress", () => {
    // 60 people on one bridge of 100 at a target of 0.5, until a second one is there.
    const pool = aSimulatedPool({ scaling: { ...aGcpPool().scaling, targetStress: 0.5 } });
    const world = aWorld(someCalls(aMeeting(60, 0, 3000)), { pool, bridges: 1 });
    at(world, 1000, () => world.create());
    world.run();
    const { mean, max } = world.meter.totals(3600, world.machines).timeToCapacity;
    expect(max).toBe(mean);
    // From the 51st, after 50 s, to the boot's end 135 to 180 s after the creation.
    expect(mean).toBeGreaterThanOrEqual(1000 + 135 - 60);
    expect(mean).toBeLessThanOrEqual(1000 + 185 - 50);
  });

  it.each(POLICIES.filter((policy) => policy !== "clairvoyant"))("loses nobody with %s", (policy) => {
    const pool = aSimulatedPool();
    const trace = BUILT_IN_TRACES[3]!;
    const seconds = 2.7 * 86_400; // until after the all-hands
    const calls = trace.callsOf(5, seconds);
    const world = aWorld(calls, { pool, seconds, seed: 5 });
    addControllers({ pool, trace, policy, seed: 5, seconds, samples: false }, world, new Schedules({}, 0));
    world.add(
      {
        intervalSeconds: 3600,
        look: (now) => {
          const { joined, left, waiting, alone } = world.rooms.counts;
          const seated = world.machines.reduce((sum, { endpoints }) => sum + endpoints, 0);
          expect(joined).toBe(left + waiting + alone + seated);
          const there = calls.joinAt.reduce(
            (n, at, p) => n + (at < now && calls.leaveAt[p]! >= now ? 1 : 0),
            0,
          );
          expect(joined - left).toBe(there);
          for (const bridge of world.machines) {
            const people = [...bridge.placements].reduce((sum, { count }) => sum + count, 0);
            expect(people).toBe(bridge.endpoints);
            const load = [...bridge.placements].reduce((sum, placement) => sum + placement.load, 0);
            expect(bridge.load).toBeCloseTo(load, 6);
          }
        },
      },
      0,
    );
    world.run();
    expect(world.rooms.counts.joined).toBeGreaterThan(5000);
  });
});
