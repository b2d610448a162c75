import { aMeeting, at, aWorld, someCalls } from "../../builders/calls";

/** Loads of the bridges, in participants, to a thousandth. */
const loads = ({ machines }: ReturnType<typeof aWorld>) =>
  machines.map(({ load }) => Math.round(load * 1000) / 1000);
const endpoints = ({ machines }: ReturnType<typeof aWorld>) => machines.map((bridge) => bridge.endpoints);

describe("Rooms", () => {
  it("puts nobody on a bridge who is alone", () => {
    const world = aWorld(someCalls([[10, 900]]));
    at(world, 100, () => {
      expect(endpoints(world)).toEqual([0, 0]);
      expect(world.rooms.counts).toMatchObject({ joined: 1, alone: 1 });
    });
    world.run();
    expect(world.rooms.counts).toMatchObject({ joined: 1, left: 1, alone: 0 });
  });

  it("loads no bridge with two, and with all three when a third comes", () => {
    const world = aWorld(
      someCalls([
        [10, 900, 1.5],
        [20, 900, 0.5],
        [200, 600, 2],
      ]),
    );
    const seen: unknown[] = [];
    for (const time of [100, 300, 700, 1000])
      at(world, time, () => seen.push([endpoints(world), loads(world)]));
    world.run();
    expect(seen).toEqual([
      [
        [2, 0],
        [0, 0],
      ],
      [
        [3, 0],
        [4, 0],
      ],
      [
        [2, 0],
        [0, 0],
      ],
      [
        [0, 0],
        [0, 0],
      ],
    ]);
  });

  it("keeps a conference together and puts the next one on the emptier bridge", () => {
    const world = aWorld(someCalls(aMeeting(10, 0, 900), aMeeting(4, 60, 900)));
    at(world, 120, () => expect(loads(world)).toEqual([10, 4]));
    world.run();
    expect.assertions(1);
  });

  it("pays for relays on both sides when a conference is on two bridges", () => {
    // 80 of a conference are the most that a bridge takes without being overloaded; weight 0.1 keeps stress low.
    const world = aWorld(someCalls(aMeeting(90, 0, 900, 0.1)));
    at(world, 200, () => {
      expect(endpoints(world)).toEqual([80, 10]);
      // A fifth of a participant for each sender that is passed on or received; of 90 people 25 are seen.
      const relays = 0.2 * (25 / 90) * (80 + 10);
      expect(loads(world)).toEqual([8 + relays, 1 + relays]);
    });
    world.run();
    expect.assertions(2);
  });

  it("interrupts everybody on a machine that goes, and they come back on another within half a minute", () => {
    const world = aWorld(someCalls(aMeeting(10, 0, 900), aMeeting(4, 60, 900)));
    at(world, 300, () => world.delete(world.machines[0]!));
    at(world, 310, () => expect(world.rooms.counts).toMatchObject({ interrupted: 10, waiting: 10 }));
    at(world, 335, () => {
      expect(world.rooms.counts.waiting).toBe(0);
      expect(endpoints(world)).toEqual([14]);
    });
    world.run();
    expect(world.rooms.counts).toMatchObject({ joined: 14, left: 14, moved: 0 });
    expect.assertions(4);
  });

  it("leaves the only one who was not interrupted alone", () => {
    const world = aWorld(someCalls(aMeeting(81, 0, 900, 0.1)));
    at(world, 300, () => {
      expect(endpoints(world)).toEqual([80, 1]);
      world.delete(world.machines[0]!);
      expect(endpoints(world)).toEqual([0]);
      expect(world.rooms.counts).toMatchObject({ interrupted: 80, waiting: 80, alone: 1 });
    });
    at(world, 400, () => expect(world.rooms.counts).toMatchObject({ waiting: 0, alone: 0 }));
    world.run();
    expect.assertions(4);
  });

  it("moves everybody off a drained bridge at once, and cuts nobody", () => {
    const world = aWorld(someCalls(aMeeting(10, 0, 900), aMeeting(4, 60, 900)));
    at(world, 300, () => world.drain(world.machines[0]!, true));
    at(world, 310, () => {
      expect(endpoints(world)).toEqual([10, 4]);
      world.move(world.machines[0]!);
      expect(endpoints(world)).toEqual([0, 14]);
      expect(loads(world)).toEqual([0, 14]);
    });
    world.run();
    expect(world.rooms.counts).toMatchObject({ moved: 10, interrupted: 0 });
    expect.assertions(4);
  });

  it("invites people onto the same bridge again when there is no other", () => {
    const world = aWorld(someCalls(aMeeting(10, 0, 900)), { bridges: 1 });
    at(world, 300, () => {
      world.drain(world.machines[0]!, true);
      world.move(world.machines[0]!);
      expect(endpoints(world)).toEqual([10]);
    });
    world.run();
    expect(world.rooms.counts.moved).toBe(10);
  });

  it("refuses who finds every bridge at stress 1, counts that once, and lets him in when there is room", () => {
    const world = aWorld(
      someCalls(aMeeting(10, 0, 600, 10), [
        [300, 1200],
        [300, 1200],
        [300, 1200],
      ]),
      { bridges: 1 },
    );
    at(world, 500, () => {
      // The first waits alone in the room; the two others tried many times.
      expect(world.rooms.counts).toMatchObject({ refused: 2, waiting: 2, alone: 1 });
    });
    at(world, 700, () => expect(endpoints(world)).toEqual([3]));
    world.run();
    expect(world.rooms.counts).toMatchObject({ joined: 13, left: 13, refused: 2, waiting: 0 });
    expect.assertions(3);
  });

  it("takes nobody where no bridge is up, and does not count who gives up twice", () => {
    const world = aWorld(someCalls(aMeeting(3, 0, 100)), { bridges: 0 });
    world.run();
    expect(world.rooms.counts).toMatchObject({ joined: 3, left: 3, refused: 2, waiting: 0, alone: 0 });
  });
});
