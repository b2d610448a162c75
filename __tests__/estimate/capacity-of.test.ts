import { capacityOf } from "../../estimate/capacity-of";
import { bridgeCapacity } from "../../estimate/bridge-capacity";
import { SHAPES } from "../../estimate/meeting-shape";
import { parseShape } from "../../estimate/parse-shape";
import { gcpPoolSchema } from "../../model/schema/pool";
import { aCustomer, aFleet, aGcpPool, aLinodePool } from "../builders/fleet";

const scaling = (settings: object) => gcpPoolSchema.shape.scaling.parse(settings);
const mixed = [SHAPES[0]!];
const bridge = aGcpPool().bridge;

describe("bridgeCapacity", () => {
  const machine = { cloud: "gcp" as const, type: "n2-standard-4", vcpus: 4, bridge, roomPerBridge: 80 };

  it("is 80 mean participants on 4 processors", () => {
    // Stress 1 is 25 participants for each of 4 processors; Jicofo avoids a bridge from 0.8 on.
    expect(bridgeCapacity(machine, SHAPES[0]!)).toMatchObject({
      participants: 80,
      bottleneck: "cpu",
      isThresholdSet: false,
    });
  });

  it("is fewer people of small rooms", () => {
    // 0.8 x 40,000 packets / 737.5 of a participant = 43.4
    expect(bridgeCapacity(machine, SHAPES[1]!).participants).toBe(43);
  });

  it("follows a threshold in packets, and says that it was set", () => {
    const load = { measurement: "packet-rate" as const, packetsPerSecond: 85_000 };
    // 0.8 x 85,000 / 400
    expect(bridgeCapacity({ ...machine, bridge: { ...bridge, load } }, SHAPES[0]!)).toMatchObject({
      participants: 170,
      bottleneck: "packet-rate",
      isThresholdSet: true,
    });
  });

  it("is what the network carries where that is less", () => {
    const load = { measurement: "packet-rate" as const, packetsPerSecond: 1_000_000 };
    const nanode = {
      cloud: "linode" as const,
      type: "g6-nanode-1",
      vcpus: 1,
      bridge: { ...bridge, load },
      roomPerBridge: 80,
    };
    // 1000 Mbit/s / 2.94 Mbit/s of a participant in small rooms = 340.1; by packets it would be 800,000 / 737.5 = 1084.
    expect(bridgeCapacity(nanode, SHAPES[1]!)).toMatchObject({
      participants: 340,
      bottleneck: "bandwidth",
      byLoad: 1084,
      byBandwidth: 340,
    });
  });
});

describe("bridgeCapacity of large rooms", () => {
  const webinar = SHAPES[2]!;
  const of = (vcpus: number, roomPerBridge: number) =>
    bridgeCapacity({ cloud: "gcp", type: `e2-standard-${vcpus}`, vcpus, bridge, roomPerBridge }, webinar);

  // 200 people, 3 with a camera. Received 0.985 x 550 + 0.015 x 450 = 548.5 packets, sent 650 / 200 = 3.25; each bridge more
  // passes on and takes another 2 x 3.25 = 6.5.
  it("has them on as many bridges as carry them", () => {
    // 80 of a room on each of 3 bridges of 8 processors: 0.8 x 80,000 / 564.75 = 113.3, and 3 of them carry 200.
    expect(of(8, 80)).toMatchObject({ participants: 113, load: { packetsPerSecond: 564.75 } });
    // With 2 processors 3 bridges carry 28 each, so the room is on 8; there it is 26.8 each (597.25), and 8 carry 208.
    expect(of(2, 80)).toMatchObject({ participants: 26, load: { packetsPerSecond: 597.25 } });
  });

  it("spreads them as the customer's Jicofo does", () => {
    // 20 of a room on each of 10 bridges: 551.75 + 9 x 6.5 = 610.25, 0.8 x 80,000 / 610.25 = 104.9.
    expect(of(8, 20)).toMatchObject({ participants: 104, load: { packetsPerSecond: 610.25 } });
    // SingleBridge passes nothing on: 64,000 / 551.75 = 115.99.
    expect(of(8, Infinity)).toMatchObject({ participants: 115, load: { packetsPerSecond: 551.75 } });
  });

  it("carries nobody of a room that costs more to pass on than bridges have", () => {
    const all = parseShape("people=1000,cameras=1000");
    if (typeof all === "string") throw new Error(all);
    // 25 videos and sound received: 300 + 24 x 100 + 50 = 2750 packets; sent 2850 / 1000 = 2.85, and 5.7 for each bridge more.
    // With one processor 13 bridges carry 2 each, 500 one, and 1000 none: 0.8 x 10,000 / (2752.85 + 999 x 5.7) = 0.95.
    const tiny = { cloud: "linode" as const, type: "g6-nanode-1", vcpus: 1, bridge, roomPerBridge: 80 };
    expect(bridgeCapacity(tiny, all).participants).toBe(0);
    // With 16 the room is on 23 of them: 128,000 / (2752.85 + 22 x 5.7) = 44.5.
    expect(bridgeCapacity({ ...tiny, type: "g6-dedicated-16", vcpus: 16 }, all).participants).toBe(44);
  });
});

describe("capacityOf", () => {
  it("is by region and over all, at the fewest, while schedules run, and at the most", () => {
    const day = { start: "45 7 * * MON-FRI", durationMinutes: 600, minBridges: 3 };
    const fleet = aFleet({
      pools: [
        aGcpPool({ size: { min: 1, max: 8 }, scaling: scaling({ schedules: { day } }) }),
        aLinodePool({ size: 3, draining: 1 }),
      ],
    });
    const [abc] = capacityOf(fleet, mixed).customers;
    const of = (min: number, scheduled: number, max: number) => {
      const count = { min, scheduled, max };
      // A bridge carries 80, wherever it is.
      const oneLost = { min: min - 80, scheduled: scheduled - 80, max: max - 80 };
      return [{ shape: "mixed", own: count, alone: count, fairShare: count, oneLost }];
    };
    // 80 a bridge; one of three Linodes drains.
    expect(abc).toMatchObject({
      customer: "abc",
      regions: [
        { region: "gcp-europe-west4", pools: ["acme/eu-burst"], shapes: of(80, 240, 640) },
        { region: "linode-nl-ams", pools: ["acme/nl-static"], shapes: of(160, 160, 160) },
      ],
      shapes: of(240, 400, 800),
    });
  });

  it("tells a shared pool apart", () => {
    const fleet = aFleet({
      customers: [aCustomer(), aCustomer({ id: "abd" }), aCustomer({ id: "abe" })],
      pools: [aGcpPool({ serves: ["abc", "abd", "abe"] }), aLinodePool({ size: 1 })],
    });
    const [abc, abd] = capacityOf(fleet, mixed).customers;
    // 80 / 3 = 26.7 and 640 / 3 = 213.3, rounded down
    expect(abc!.shapes[0]).toMatchObject({
      own: { min: 80, max: 80 },
      alone: { min: 160, max: 720 },
      fairShare: { min: 26 + 80, max: 213 + 80 },
      // The Linode carries more of his than a third of a bridge at Google.
      oneLost: { min: 26, max: 213 },
    });
    expect(abd!.shapes[0]).toMatchObject({
      own: { min: 0, max: 0 },
      alone: { max: 640 },
      fairShare: { max: 213 },
      // 7 x 80 / 3 = 186.7 are left, rounded down.
      oneLost: { min: 0, max: 186 },
    });
  });

  it("counts the bridge on a server", () => {
    const fleet = aFleet({ customers: [aCustomer({ bridgeOnServer: true })], pools: [] });
    expect(capacityOf(fleet, mixed).customers[0]).toMatchObject({
      regions: [{ region: "gcp-europe-west4", pools: ["abc (server)"] }],
      shapes: [{ own: { min: 80, scheduled: 80, max: 80 } }],
    });
  });

  it("says what joins before a new bridge is there, and what the burst check says", () => {
    const pool = aGcpPool({
      size: { min: 2, max: 8 },
      scaling: scaling({ targetStress: 0.65, bootSeconds: 150, burstJoinsPerMinute: 10 }),
    });
    const [growing, fixed] = capacityOf(aFleet({ pools: [pool, aLinodePool()] }), mixed).pools;
    // (0.8 - 0.65) x 100 participants x 2 bridges = 30 in 180 + 150 seconds: 5.45 a minute.
    expect(growing!.growth).toMatchObject({
      roomAtMin: 30,
      secondsToNewBridge: 330,
      joinsPerMinuteAtMin: 5.4,
      promisedJoinsPerMinute: 10,
      warnings: [expect.stringContaining("10 joins a minute outrun the pool")],
    });
    expect(fixed!.growth).toBeNull();
  });

  it("has more room where targetCpu asks for another bridge first", () => {
    const of = (targetCpu: number) =>
      capacityOf(
        aFleet({
          pools: [aGcpPool({ scaling: scaling({ targetStress: 0.7, targetCpu, bootSeconds: 120 }) })],
        }),
        mixed,
      ).pools[0]!.growth!;
    // Processors at 0.45 of 0.9 are stress 0.5: (0.8 - 0.5) x 100 people in 180 + 120 s. At 0.63 they are stress 0.7.
    expect(of(0.45)).toMatchObject({ roomAtMin: 30, joinsPerMinuteAtMin: 6 });
    expect(of(0.63)).toMatchObject({ roomAtMin: 10, joinsPerMinuteAtMin: 2 });
  });

  it("takes any shape", () => {
    const shape = parseShape("people=3,cameras=0");
    if (typeof shape === "string") throw new Error(shape);
    // 50 received and 50 / 3 sent: 66.7 packets; 0.8 x 40,000 / 66.7 = 480
    expect(capacityOf(aFleet(), [shape]).pools[0]!.shapes[0]!.perBridge.participants).toBe(480);
  });
});
