import type { Amounts } from "../../estimate/amounts";
import { addUsd } from "../../estimate/amounts";
import { costOf, type CostOptions, type FleetCost } from "../../estimate/cost-of";
import { SHAPES } from "../../estimate/meeting-shape";
import { buildCatalog } from "../../model/catalog";
import type { Fleet } from "../../model/fleet";
import { gcpPoolSchema } from "../../model/schema/pool";
import { Random } from "../../simulate/random";
import { aCustomer, aFleet, aGcpPool, aLinodePool } from "../builders/fleet";

/** What one line costs. */
const usdOf = (cost: FleetCost, name: string, kind: string, what = ""): Amounts | null | undefined =>
  cost.lines.find((line) => line.of.name === name && line.kind === kind && line.what.includes(what))?.usd;

const always = (usd: number): Amounts => ({ floor: usd, expected: usd, ceiling: usd });
const hoursOf = (customer: string, hours: number): CostOptions => ({
  participantHours: new Map([[customer, hours]]),
});

describe("costOf", () => {
  it("has the server with its disks, snapshots and address", () => {
    const cost = costOf(aFleet({ pools: [] }));
    // n2-standard-4 in europe-west4: 2 x 0.106916 x 730 h = 156.097
    expect(usdOf(cost, "abc", "machines")).toEqual(always(156.1));
    // 20 GB x 0.11 and 50 GB x 0.11
    expect(usdOf(cost, "abc", "disks", "boot")).toEqual(always(2.2));
    expect(usdOf(cost, "abc", "disks", "data")).toEqual(always(5.5));
    // 0.053 x 0, 50 and (14 + 1) x 50 GB
    expect(usdOf(cost, "abc", "snapshots")).toEqual({ floor: 0, expected: 2.65, ceiling: 39.75 });
    // 0.005 x 730
    expect(usdOf(cost, "abc", "addresses")).toEqual(always(3.65));
    expect(cost.total).toEqual({ floor: 167.45, expected: 170.1, ceiling: 207.2 });
  });

  it("has bridges at Google at the fewest, by load, and all of them", () => {
    const pool = aGcpPool({ size: { min: 1, max: 8 } });
    const cost = costOf(aFleet({ pools: [pool] }), hoursOf("abc", 0));
    // Nobody comes: 1 x 730 h; stuck at 8: 5840 h. 0.213832 an hour.
    expect(usdOf(cost, "acme/eu-burst", "machines")).toEqual({
      floor: 156.1,
      expected: 156.1,
      ceiling: 1248.78,
    });
    // 20 GB x 0.11 for 1 and 8; 0.005 x 730 and 5840 h
    expect(usdOf(cost, "acme/eu-burst", "disks")).toEqual({ floor: 2.2, expected: 2.2, ceiling: 17.6 });
    expect(usdOf(cost, "acme/eu-burst", "addresses")).toEqual({ floor: 3.65, expected: 3.65, ceiling: 29.2 });
    // 60 points of 8 bytes an hour: 730 x 480 / 2^20 = 0.334 MiB x 0.258, and eight times as much
    expect(usdOf(cost, "acme/eu-burst", "monitoring")).toEqual({
      floor: 0.09,
      expected: 0.09,
      ceiling: 0.69,
    });
  });

  it("counts the hours of schedules in the floor", () => {
    const day = { start: "0 8 * * MON-FRI", durationMinutes: 600, minBridges: 4 };
    const scaling = gcpPoolSchema.shape.scaling.parse({ schedules: { day } });
    const pool = aGcpPool({ size: { min: 1, max: 8 }, scaling });
    const { use } = costOf(aFleet({ pools: [pool] }), hoursOf("abc", 0)).pools[0]!;
    // 50 of 168 hours have three bridges more: 730 x (1 + 3 x 50 / 168)
    expect(use.bridgeHours.floor).toBeCloseTo(730 * (1 + 150 / 168), 6);
    expect(use.bridgeHours.expected).toBe(use.bridgeHours.floor);
  });

  it("adds bridges where the load asks for them, and expects no more than there may be", () => {
    const pool = aGcpPool({ size: { min: 1, max: 3 } });
    const of = (hours: number) => costOf(aFleet({ pools: [pool] }), hoursOf("abc", hours)).pools[0]!.use;
    // The office week has 0.2268 of its fullest people on the mean. 35 of them are, by chance, 35 + 4 x 5.9 = 58.7 at times,
    // below the 65 that one bridge carries at stress 0.65; 60 are 60 + 4 x 7.7 = 91, which needs two.
    expect(of(35 * 0.2268 * 730).bridgeHours.expected).toBe(730);
    const two = of(60 * 0.2268 * 730).bridgeHours.expected;
    expect(two).toBeGreaterThan(730);
    expect(two).toBeLessThan(1460);
    const full = of(10_000 * 0.2268 * 730).bridgeHours;
    expect(full.expected).toBeLessThanOrEqual(full.ceiling);
    expect(full.ceiling).toBe(2190);
  });

  it("adds a bridge where targetCpu asks for it first", () => {
    const scaling = gcpPoolSchema.shape.scaling.parse({ targetStress: 0.7, targetCpu: 0.45 });
    const pool = aGcpPool({ size: { min: 1, max: 3 }, scaling });
    const of = (peak: number) =>
      costOf(aFleet({ pools: [pool] }), hoursOf("abc", peak * 0.2268 * 730)).pools[0]!.use.bridgeHours
        .expected;
    // Processors at 0.45 of 0.9 are stress 0.5, which is 50 of the 100 people of stress 1. 25 people are 45 at times, 35
    // are 58.7: a second bridge, where targetStress alone would want one from 70 on.
    expect(of(25)).toBe(730);
    expect(of(35)).toBeGreaterThan(730);
    // And it is filled only so far where nobody knows better: 50 x 0.2268 x 730 = 8278 hours.
    const { participantHours } = costOf(aFleet({ pools: [pool] })).pools[0]!.use;
    expect(participantHours.expected / 8278).toBeCloseTo(1, 3);
  });

  it("keeps all month what was added once, where no keeper acts", () => {
    const day = { start: "0 8 * * MON-FRI", durationMinutes: 600, minBridges: 2 };
    const scaling = gcpPoolSchema.shape.scaling.parse({ schedules: { day } });
    const { keeper } = aGcpPool();
    const of = (mode: "act" | "observe" | "off", hours: number) => {
      const pool = aGcpPool({ size: { min: 1, max: 8 }, scaling, keeper: { ...keeper, mode } });
      return costOf(aFleet({ pools: [pool] }), hoursOf("abc", hours)).pools[0]!.use.bridgeHours;
    };
    for (const mode of ["observe", "off"] as const) {
      expect(of(mode, 0)).toEqual({ floor: 1460, expected: 1460, ceiling: 5840 });
      // 130 people are 130 + 4 x 11.4 = 175.6 at times: three bridges of 65.
      expect(of(mode, 130 * 0.2268 * 730).expected).toBe(2190);
    }
    expect(of("act", 0).floor).toBeLessThan(1460);
  });

  it("charges egress at Google by its steps, for the account together", () => {
    const pools = [aGcpPool(), aGcpPool({ id: "eu-two" })];
    const shape = SHAPES[0]!;
    // A mixed participant is sent 500 x 1 + 200 x 2/3 + 40 = 673.33 kbit/s = 0.303 GB an hour.
    const hours = 2000 / 0.303;
    const cost = costOf(aFleet({ pools }), { ...hoursOf("abc", hours), shape });
    // 2000 GB: 1000 x 0.12 + 1000 x 0.11 = 230, a half for each of two like pools.
    expect(usdOf(cost, "acme/eu-burst", "egress")!.expected).toBe(115);
    expect(usdOf(cost, "acme/eu-two", "egress")!.expected).toBe(115);
  });

  it("charges Linodes by the month, and traffic beyond what they may send together", () => {
    const pools = [aLinodePool({ size: 2 }), aLinodePool({ id: "us-static", region: "us-ord", size: 1 })];
    // g6-dedicated-4: 72 a month and 5000 GB each. 30,000 GB by 2:1 on the pools, 15,000 of them beyond: by 2:1 10,000
    // and 5000 GB at 0.005. Relays of a tenth of the people: 0.15667 x 0.45 x 0.1 = 0.00705 GB an hour and participant.
    const hours = 30_000 / (0.303 + 0.00705);
    const cost = costOf(aFleet({ pools }), hoursOf("abc", hours));
    expect(usdOf(cost, "acme/nl-static", "machines")).toEqual(always(144));
    const traffic = (name: string) =>
      usdOf(cost, name, "egress")!.expected + usdOf(cost, name, "relay")!.expected;
    expect(traffic("acme/nl-static")).toBeCloseTo(50, 1);
    expect(traffic("acme/us-static")).toBeCloseTo(25, 1);
    // Within the pool nothing.
    expect(usdOf(costOf(aFleet({ pools }), hoursOf("abc", 100)), "acme/nl-static", "egress")!.expected).toBe(
      0,
    );
  });

  it("charges relays by where they go", () => {
    const pools = [
      aGcpPool({ size: { min: 1, max: 1 } }),
      aGcpPool({ id: "us-burst", region: "us-east1", size: { min: 1, max: 1 } }),
      aLinodePool({ size: 1 }),
    ];
    const cost = costOf(aFleet({ pools }), hoursOf("abc", 300_000));
    const relays = cost.lines.filter(({ of, kind }) => of.name === "acme/eu-burst" && kind === "relay");
    expect(relays.map(({ what, price }) => [what, price])).toEqual([
      ["to bridges of acme/us-burst in gcp-us-east1", "gcp/relay/europe-west4/us-east1"],
      ["to bridges of acme/nl-static in linode-nl-ams", "gcp/egress/europe-west4"],
    ]);
    // A third of the hours; a tenth of 0.0705 GB; a half to each of the others: 352.5 GB at 0.05.
    expect(relays[0]!.quantity.expected).toBeCloseTo(352.5, 6);
    expect(relays[0]!.usd!.expected).toBe(17.63);
    // A pool alone relays nothing.
    expect(costOf(aFleet({ pools: pools.slice(0, 1) })).lines.some(({ kind }) => kind === "relay")).toBe(
      false,
    );
  });

  it("relays nothing where a room has no bridge in another region, by the customer's Jicofo", () => {
    const pools = [aGcpPool(), aGcpPool({ id: "eu-two" }), aGcpPool({ id: "us-burst", region: "us-east1" })];
    const { jicofo } = aCustomer();
    const relays = (selectionStrategy: typeof jicofo.selectionStrategy) =>
      costOf(
        aFleet({ customers: [aCustomer({ jicofo: { ...jicofo, selectionStrategy } })], pools }),
        hoursOf("abc", 3000),
      )
        .lines.filter(({ kind }) => kind === "relay")
        .map(({ of, what, quantity }) => [of.name, what.split(" ")[3], quantity.expected]);
    expect(relays("SingleBridge")).toEqual([]);
    // 1000 hours on each, a tenth in rooms on two, 0.0705 GB an hour.
    expect(relays("IntraRegion")).toEqual([
      ["acme/eu-burst", "acme/eu-two", expect.closeTo(7.05, 9)],
      ["acme/eu-two", "acme/eu-burst", expect.closeTo(7.05, 9)],
    ]);
    expect(relays("RegionBased")).toHaveLength(6);
  });

  it("divides a shared pool by participant-hours", () => {
    const fleet = aFleet({
      customers: [aCustomer(), aCustomer({ id: "abd" })],
      pools: [aGcpPool({ serves: ["abc", "abd"] })],
    });
    const equal = costOf(fleet);
    expect(equal.customers.map(({ pools }) => pools[0]!.share)).toEqual([0.5, 0.5]);
    const uneven = costOf(fleet, {
      participantHours: new Map([
        ["abc", 3000],
        ["abd", 1000],
      ]),
    });
    expect(uneven.customers.map(({ pools }) => pools[0]!.share)).toEqual([0.75, 0.25]);
    expect(addUsd(uneven.customers.map(({ pools }) => pools[0]!.usd))).toEqual(uneven.pools[0]!.total);
  });

  it("takes what was measured, scaled to the month", () => {
    const measured = {
      customer: "abc",
      hours: 365,
      participantMinutes: 60_000,
      pools: [{ pool: "acme-eu-burst", bridgeHours: 600, relayEgressGb: 10, totalEgressGb: 510 }],
    };
    const cost = costOf(aFleet({ pools: [aGcpPool()] }), { measured: [measured] });
    // Half a month: everything twice. 1200 h x 0.213832 = 256.60; 1000 GB x 0.12; 20 GB between zones x 0.01.
    expect(cost.pools[0]!.use).toMatchObject({ basis: "measured", participantHours: { expected: 2000 } });
    expect(usdOf(cost, "acme/eu-burst", "machines")!.expected).toBe(256.6);
    expect(usdOf(cost, "acme/eu-burst", "egress")!.expected).toBe(120);
    expect(usdOf(cost, "acme/eu-burst", "relay")!.expected).toBe(0.2);
  });

  it("names a price that nobody knows, and takes it for nothing in no sum", () => {
    const catalog = buildCatalog({ gcpMachineTypes: { "z9-standard-4": { vcpus: 4, memoryGb: 16 } } });
    const pool = aGcpPool({ machineType: "z9-standard-4" });
    const cost = costOf(aFleet({ catalog, pools: [pool] }));
    expect(usdOf(cost, "acme/eu-burst", "machines")).toBeNull();
    expect(cost.unknown.map(({ text }) => text)).toEqual([
      "no price known for gcp/machine/z9-standard-4/europe-west4 (USD an hour); add it under prices in " +
        "accounts/defaults.yaml",
    ]);
    const prices = { source: "contract", date: "2026-07-01", usd: { "gcp/machine/z9-standard-4": 0.5 } };
    const known = costOf(aFleet({ catalog, prices, pools: [pool] }), hoursOf("abc", 0));
    expect(known.unknown).toEqual([]);
    expect(usdOf(known, "acme/eu-burst", "machines")!.floor).toBe(365); // 730 x 0.5
    expect(known.prices).toContainEqual(
      expect.objectContaining({ usd: 0.5, basis: "own", source: "contract" }),
    );
  });

  it("sums up, to the cent, and never falls from floor to ceiling, for any fleet", () => {
    const random = new Random(3, "test");
    for (let round = 0; round < 60; round++) {
      const cost = costOf(anyFleet(random), {
        hoursPerMonth: pick(random, [672, 730, 744]),
        shape: pick(random, SHAPES),
        participantHours: random.next() < 0.5 ? new Map([["a", random.below(200_000)]]) : new Map(),
      });
      const lines = cost.lines.map(({ usd }) => usd!);
      expect(cost.total).toEqual(addUsd(lines));
      expect(cost.total).toEqual(addUsd(cost.customers.map(({ total }) => total)));
      for (const { server, pools, total } of cost.customers)
        expect(addUsd([server, ...pools.map(({ usd }) => usd)])).toEqual(total);
      for (const { pool, total } of cost.pools) {
        const parts = cost.customers.flatMap(({ pools }) => pools.filter((part) => part.pool === pool));
        expect(addUsd(parts.map(({ usd }) => usd))).toEqual(total);
        expect(parts.reduce((sum, { share }) => sum + share, 0)).toBeCloseTo(1, 9);
      }
      const growing = [
        ...[cost.total, ...lines],
        ...cost.customers.flatMap(({ total, pools }) => [total, ...pools.map(({ usd }) => usd)]),
      ];
      expect(
        growing.filter(
          ({ floor, expected, ceiling }) => !(0 <= floor && floor <= expected && expected <= ceiling),
        ),
      ).toEqual([]);
    }
  });
});

const pick = <T>(random: Random, of: readonly T[]): T => of[random.below(of.length)]!;

function anyFleet(random: Random): Fleet {
  const ids = ["a", "b", "c"].slice(0, 1 + random.below(3));
  const some = () => {
    const chosen = ids.filter(() => random.next() < 0.6);
    return chosen.length > 0 ? chosen : [ids[0]!];
  };
  const gcp = Array.from({ length: random.below(4) }, (_, index) => {
    const min = 1 + random.below(4);
    const region = pick(random, ["europe-west4", "us-east1"]);
    return aGcpPool({ id: `g${index}`, region, serves: some(), size: { min, max: min + random.below(9) } });
  });
  const linode = Array.from({ length: random.below(3) }, (_, index) =>
    aLinodePool({ id: `l${index}`, serves: some(), size: 1 + random.below(4), draining: random.below(2) }),
  );
  return aFleet({
    customers: ids.map((id) => aCustomer({ id, bridgeOnServer: random.next() < 0.3 })),
    pools: [...gcp, ...linode],
  });
}
