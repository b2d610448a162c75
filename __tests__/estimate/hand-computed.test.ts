import { type Amounts } from "../../estimate/amounts";
import { capacityOf } from "../../estimate/capacity-of";
import { costOf, type CostOptions } from "../../estimate/cost-of";
import { MEAN_OF_PEAK } from "../../estimate/office-week";
import type { Fleet } from "../../model/fleet";
import { gcpPoolSchema } from "../../model/schema/pool";
import { aCustomer, aFleet, aGcpPool, aLinodePool } from "../builders/fleet";

/*
 * Whole fleets, computed by hand from the price lists and not with this project. What they share:
 *
 * - An office week, as simulate/traces/office.ts draws it: a working day is 8.00 hours of its peak, the week 4.62 of them
 *   and 0.99 hours of a weekend: 37.94 of 168 hours = 0.2258 of the highest point, 0.2268 of the fullest quarter of an
 *   hour (0.9958 of it).
 * - A mixed participant is sent 673.33 kbit/s = 0.303 GB an hour, and sends 156.67 kbit/s = 0.0705 GB, a tenth relayed.
 * - He is a 25th of the stress of a processor: 4 processors are 65 participants at stress 0.65 and 80 at 0.8.
 * - The stress metric of a bridge is 0.09 USD a month, its address 3.65.
 *
 * Lines are rounded to cents one by one, so a sum may be cents away from the sum of the exact amounts.
 */
const usd = (of: Amounts): readonly number[] => [of.floor, of.expected, of.ceiling];
const expectNear = (of: Amounts, expected: readonly number[]) =>
  usd(of).forEach((amount, index) => expect(Math.abs(amount - expected[index]!)).toBeLessThanOrEqual(0.03));

function costs(fleet: Fleet, options?: CostOptions) {
  const { pools, customers, lines } = costOf(fleet, options);
  return {
    pool: (name: string) => pools.find(({ pool }) => pool === name)!,
    customer: (id: string) => customers.find(({ customer }) => customer === id)!,
    relays: (name: string) =>
      lines
        .filter(({ of, kind }) => of.name === name && kind === "relay")
        .map(({ what, quantity }) => [what, Math.round(quantity.expected * 10) / 10]),
  };
}
const hours = (all: Readonly<Record<string, number>>): CostOptions => ({
  participantHours: new Map(Object.entries(all)),
});
const server = (zone: string, machineType: string) => ({ ...aCustomer().server, zone, machineType });

describe("fleets computed by hand", () => {
  it("takes an office week for 0.2268 of its fullest quarter of an hour", () => {
    expect(MEAN_OF_PEAK).toBeCloseTo(0.2268, 4);
  });

  it("Google alone, n2d and e2, 10,000 participant-hours", () => {
    const customer = aCustomer({
      server: { ...server("europe-west3-a", "e2-standard-4"), dataDiskGb: 200 },
      snapshots: { ...aCustomer().snapshots, retentionDays: 7 },
    });
    const pool = aGcpPool({
      ...{ region: "europe-west3", machineType: "n2d-standard-8", bootDiskGb: 30, size: { min: 1, max: 5 } },
    });
    const fleet = aFleet({ customers: [customer], pools: [pool] });
    const cost = costs(fleet, hours({ abc: 10_000 }));
    // e2 2 x 0.125124 x 0.69 x 730 = 126.05; 220 GB x 0.12; 3.65. Snapshots 0, 200 and 8 x 200 GB x 0.059.
    expectNear(cost.customer("abc").server, [156.1, 167.9, 250.5]);
    // n2d 4 x 0.125124 x 0.87 x 730 = 317.86; 30 GB x 0.12; 3.65; 0.09: 325.20 a bridge. One carries the peak of
    // 10,000 / 730 / 0.2268 = 60. 3,030 GB: 120 + 2,030 x 0.11 = 343.30. Five full: 5 x 160 x 0.2268 x 730 = 132,448
    // hours, 40,132 GB: 120 + 990 + 30,132 x 0.085 = 3,671.21.
    expectNear(cost.pool("acme/eu-burst").total, [325.2, 668.5, 5297.21]);
    // 0.8 x 80,000 packets / 737.5, 564.75 and 1,158.33 of a participant, for one bridge; five at most.
    const shapes = capacityOf(fleet).pools[0]!.shapes;
    expect(shapes.map(({ participants }) => [participants.min, participants.max])).toEqual([
      [160, 800],
      [86, 430],
      [113, 565],
      [55, 275],
    ]);
  });

  it("Linodes in Jakarta that two customers share, beyond their quota", () => {
    const pool = aLinodePool({ region: "id-cgk", type: "g6-dedicated-2", size: 2, serves: ["abc", "xyz"] });
    const fleet = aFleet({ customers: [aCustomer(), aCustomer({ id: "xyz" })], pools: [pool] });
    const cost = costs(fleet, hours({ abc: 40_000, xyz: 10_000 }));
    // 2 x 43.20, and 15,150 - 2 x 4,000 GB x 0.015 = 107.25; four fifths and one.
    expectNear(cost.pool("acme/nl-static").total, [86.4, 193.65, 193.65]);
    expectNear(cost.customer("abc").pools[0]!.usd, [69.12, 154.92, 154.92]);
    expectNear(cost.customer("xyz").pools[0]!.usd, [17.28, 38.73, 38.73]);
  });

  it("counts regions with a quota of their own apart, and gives distributed sites none", () => {
    const pools = [
      aLinodePool({ size: 1 }),
      aLinodePool({ id: "jk", region: "id-cgk", type: "g6-dedicated-2", size: 2, serves: ["xyz"] }),
      aLinodePool({ id: "ber", region: "de-ber-1", size: 1, serves: ["xyz-berlin"] }),
    ];
    const customers = ["abc", "xyz", "xyz-berlin"].map((id) => aCustomer({ id }));
    const given = hours({ abc: 10_000, xyz: 40_000, "xyz-berlin": 10_000 });
    const cost = costs(aFleet({ customers, pools }), given);
    // 3,030 of 5,000 GB; 12,120 - 8,000 GB x 0.015 = 61.80, whatever Amsterdam leaves; 3,030 GB x 0.01, and no price known
    // of the machine. The ceiling of Amsterdam is 80 x 0.2268 x 730 = 13,245 hours, 4,013 GB: within, too.
    expectNear(cost.pool("acme/nl-static").total, [72, 72, 72]);
    expectNear(cost.pool("acme/jk").total, [86.4, 148.2, 148.2]);
    expect(cost.pool("acme/ber").total).toMatchObject({ floor: 0, expected: 30.3 });
  });

  it("two continents at Google, with relays between them", () => {
    const pools = [
      aGcpPool({ id: "eu", region: "europe-west1", size: { min: 2, max: 6 } }),
      aGcpPool({ id: "us", region: "us-east4", machineType: "n2-standard-8", size: { min: 1, max: 4 } }),
    ];
    const cost = costs(
      aFleet({ customers: [aCustomer({ server: server("europe-west1-b", "n2-standard-4") })], pools }),
    );
    expectNear(cost.customer("abc").server, [166.63, 169.13, 204.13]);
    // A bridge 155.98 + 2.00 + 3.65 + 0.09. 130 people at the fullest: 21,523 hours, 6,521 GB = 727.36; relays 151.7 GB x
    // 0.05 = 7.59. At most 6 x 80: 24,079 GB = 2,306.72, and 560.3 GB x 0.05 = 28.01.
    expectNear(cost.pool("acme/eu").total, [323.43, 1058.37, 3305.02]);
    // A bridge 319.38 + 2.20 + 3.65 + 0.09. At most 4 x 160: 32,106 GB at 0.08 from 10,000 on, and 747.0 GB x 0.05.
    expectNear(cost.pool("acme/us").total, [325.32, 1060.26, 4217.07]);
  });

  it("schedules that overlap and span two days, with a keeper and without", () => {
    const at = { timeZone: "Europe/Amsterdam" };
    const scaling = gcpPoolSchema.shape.scaling.parse({
      targetStress: 0.5,
      schedules: {
        day: { ...at, start: "0 8 * * MON-FRI", durationMinutes: 600, minBridges: 4 },
        rush: { ...at, start: "0 16 * * MON-FRI", durationMinutes: 180, minBridges: 6 },
        night: { ...at, start: "0 22 * * SUN", durationMinutes: 240, minBridges: 3 },
      },
    });
    const acts = aGcpPool({ id: "acts", size: { min: 2, max: 8 }, scaling });
    const off = { ...acts, id: "off", keeper: { ...acts.keeper, mode: "off" as const } };
    const cost = costs(aFleet({ pools: [acts, off] }));
    // 15 hours of 6, 40 of 4, 4 of 3 and 109 of 2 are 480 / 168 bridges. 6 x 50 people at the fullest ask for more than
    // four in the mornings, by quarters of an hour 523.75 / 168, and the keeper, who waits for 42 on each, has 528.25 / 168.
    // Without a keeper 6 all month. 162.03 USD a bridge.
    const use = cost.pool("acme/acts").use.bridgeHours;
    expect(use.floor).toBeCloseTo(2085.71, 2);
    expect(use.expected).toBeCloseTo(2295.37, 2);
    // Each 15,049 GB, half of 2,818.40 USD for 30,099 GB together; 350 GB between zones at 0.01. At most 8 x 80.
    expectNear(cost.pool("acme/acts").total, [462.95, 1922.19, 4162.71]);
    expectNear(cost.pool("acme/off").total, [972.2, 2384.9, 4162.71]);
  });

  it("a bridge on a large server, prices of one's own, and relays to where people are", () => {
    const load = { measurement: "cpu" as const, cpuThreshold: 0.45 };
    const pools = [
      aGcpPool({
        ...{ id: "us", region: "us-central1", machineType: "n2-standard-32", size: { min: 1, max: 3 } },
        bridge: { ...aGcpPool().bridge, load },
      }),
      aLinodePool({ id: "ord", region: "us-ord", type: "g6-dedicated-8", size: 1 }),
    ];
    const prices = {
      ...{ source: "our contract", date: "2026-07-01" },
      usd: {
        ...{ "gcp/machine/n2-standard-32": 1.2, "gcp/machine/n2-standard-32/us-central1": 1.1 },
        ...{ "gcp/egress": 0.06, "gcp/disk": 0.09, "linode/machine/g6-dedicated-8": 130 },
      },
    };
    const customer = aCustomer({
      server: server("us-central1-a", "n2-standard-32"),
      bridgeOnServer: true,
    });
    const fleet = aFleet({ customers: [customer], pools, prices });
    const cost = costs(fleet);
    // Server 803 + 6.30 + 3.65, snapshots 0, 2.50 and 37.50; 520 people at its fullest: 26,086 GB x 0.06 = 1,565.14.
    // Relays 606.9 GB by the people elsewhere: a third (202.3) to the Linode at 0.06, two thirds (404.6) in the region at
    // 0.01. At most 32,106 GB = 1,926.33 and relays 747.0 GB: 140.1 GB more, 20 to the Linode and 120 to the pool of 3.
    expect(cost.relays("abc")).toEqual([
      ["to bridges of acme/us in gcp-us-central1", 404.6],
      ["to bridges of acme/ord in linode-us-ord", 202.3],
    ]);
    expectNear(cost.customer("abc").server, [812.95, 2396.78, 2795.37]);
    // 6,521 + 152 GB are 673 beyond the quota of 6,000, at most 8,026 + 187: 2,213; x 0.005.
    expectNear(cost.pool("acme/ord").total, [130, 133.37, 141.07]);
    // The server's 800 participants at stress 1, half of them on each bridge of the pool, 200 on the Linode; 0.8 of it.
    const { min, max } = capacityOf(fleet).customers[0]!.shapes[0]!.alone;
    expect([min, max]).toEqual([640 + 320 + 160, 640 + 3 * 320 + 160]);
  });
});
