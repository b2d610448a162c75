import { headroomPerBridge, secondsToNewBridge } from "../model/capacity";
import type { Fleet, GcpPool } from "../model/fleet";
import { fullestStress } from "../model/fullest-stress";
import { checkBurst } from "../model/rules/check-burst";
import { bridgeCapacity, type BridgeCapacity } from "./bridge-capacity";
import { type Counts, mapCounts, ZERO } from "./counts";
import { type Bridges, bridgesOf } from "./fleet-bridges";
import { type MeetingShape, SHAPES } from "./meeting-shape";

/** What a fleet carries. Pure: two fleets can be compared. */
export interface FleetCapacity {
  readonly shapes: readonly MeetingShape[];
  /** Pools and servers with a bridge, in the order of the fleet. */
  readonly pools: readonly PoolCapacity[];
  /** In the order of the fleet; without those who have no bridges. */
  readonly customers: readonly CustomerCapacity[];
}

export interface PoolCapacity {
  /** `<account>/<pool>`, or `<customer> (server)`. */
  readonly name: string;
  readonly account: string;
  readonly cloud: "gcp" | "linode";
  /** As bridges announce it: `gcp-europe-west4`. */
  readonly region: string;
  readonly machineType: string;
  readonly vcpus: number;
  readonly serves: readonly string[];
  readonly bridges: Counts;
  readonly shapes: readonly ShapeCapacity[];
  /** null for pools that do not grow. */
  readonly growth: Growth | null;
}

/** Participants of one shape. */
export interface ShapeCapacity {
  readonly shape: string;
  readonly perBridge: BridgeCapacity;
  readonly participants: Counts;
}

/** Who may join before a new bridge takes calls, in participants of the shape `mixed`, as the burst check counts. */
export interface Growth {
  /** While bridges at size.min run at the mean stress at which another one is added. */
  readonly roomAtMin: number;
  /** From a load that is too high to a new bridge that takes calls. */
  readonly secondsToNewBridge: number;
  /** The steepest rise that size.min carries, in participants a minute. */
  readonly joinsPerMinuteAtMin: number;
  /** What `scaling.burstJoinsPerMinute` promises at any time; null when it promises nothing. */
  readonly promisedJoinsPerMinute: number | null;
  /** What the burst check warns of; empty when the promises hold. */
  readonly warnings: readonly string[];
}

export interface CustomerCapacity {
  readonly customer: string;
  readonly account: string;
  /** Sorted by name. */
  readonly regions: readonly RegionCapacity[];
  readonly shapes: readonly CustomerShape[];
}

export interface RegionCapacity {
  /** `gcp-europe-west4` */
  readonly region: string;
  readonly pools: readonly string[];
  readonly shapes: readonly CustomerShape[];
}

/** What one customer's participants find. */
export interface CustomerShape {
  readonly shape: string;
  /** On bridges that serve no other customer. */
  readonly own: Counts;
  /** On all that serve him, when others use none of the shared ones: the most there can be. */
  readonly alone: Counts;
  /** With an equal part of each shared pool; rounded down. */
  readonly fairShare: Counts;
  /** Of `fairShare`, what is left when the bridge that carries most is lost, until there is another one. */
  readonly oneLost: Counts;
}

/** @param shapes @default SHAPES */
export function capacityOf(fleet: Fleet, shapes: readonly MeetingShape[] = SHAPES): FleetCapacity {
  const all = bridgesOf(fleet);
  const pools = all.map((bridges) => poolCapacity(bridges, shapes, fleet));
  const customers = fleet.customers.flatMap(({ id, account }): CustomerCapacity[] => {
    const serving = pools.filter(({ serves }) => serves.includes(id));
    if (serving.length === 0) return [];
    const regions = [...new Set(serving.map(({ region }) => region))].sort();
    return [
      {
        customer: id,
        account,
        regions: regions.map((region) => {
          const there = serving.filter((pool) => pool.region === region);
          return { region, pools: there.map(({ name }) => name), shapes: shapesOf(there) };
        }),
        shapes: shapesOf(serving),
      },
    ];
  });
  return { shapes, pools, customers };
}

function poolCapacity(bridges: Bridges, shapes: readonly MeetingShape[], fleet: Fleet): PoolCapacity {
  const { name, account, cloud, region, type, vcpus, serves, count, pool } = bridges;
  return {
    ...{ name, account, cloud, region, machineType: type, vcpus, serves, bridges: count },
    shapes: shapes.map((shape) => {
      const perBridge = bridgeCapacity(bridges, shape);
      return {
        shape: shape.name,
        perBridge,
        participants: mapCounts(count, (bridges) => bridges * perBridge.participants),
      };
    }),
    growth: pool?.cloud === "gcp" ? growthOf(pool, vcpus, fleet) : null,
  };
}

function growthOf(pool: GcpPool, vcpus: number, fleet: Fleet): Growth {
  const { bridge, scaling, size } = pool;
  const { stress } = fullestStress(pool);
  const room = headroomPerBridge({ vcpus, load: bridge.load, stress }) * size.min;
  const seconds = secondsToNewBridge(scaling.bootSeconds);
  return {
    roomAtMin: Math.floor(room),
    secondsToNewBridge: seconds,
    joinsPerMinuteAtMin: Math.floor((room / seconds) * 60 * 10) / 10,
    promisedJoinsPerMinute: scaling.burstJoinsPerMinute ?? null,
    warnings: checkBurst({ ...fleet, pools: [pool] }, NOTHING_BROKEN).map(({ message }) => message),
  };
}

const NOTHING_BROKEN = {
  accounts: new Set<string>(),
  customers: new Set<string>(),
  pools: new Set<string>(),
};

function shapesOf(pools: readonly PoolCapacity[]): readonly CustomerShape[] {
  return pools[0]!.shapes.map(({ shape }, index) => {
    /** What so many bridges of a pool carry for one of those whom it serves; a whole number. */
    const partOf = (pool: PoolCapacity, bridges: number, part: number): number =>
      // Not one less for a fault of binary fractions.
      Math.floor(pool.shapes[index]!.perBridge.participants * bridges * part + 1e-9);
    /** What all carry together, of each pool a part. */
    const sum = (part: (pool: PoolCapacity) => number): Counts =>
      mapCounts(ZERO, (_, key) =>
        pools.reduce((all, pool) => all + partOf(pool, pool.bridges[key], part(pool)), 0),
      );
    const equalPart = ({ serves }: PoolCapacity): number => 1 / serves.length;
    const fairShare = sum(equalPart);
    const lost = (key: keyof Counts): number =>
      Math.max(
        0,
        ...pools
          .filter(({ bridges }) => bridges[key] > 0)
          .map((pool) => {
            const [bridges, part] = [pool.bridges[key], equalPart(pool)];
            return partOf(pool, bridges, part) - partOf(pool, bridges - 1, part);
          }),
      );
    return {
      shape,
      own: sum(({ serves }) => (serves.length === 1 ? 1 : 0)),
      alone: sum(() => 1),
      fairShare,
      oneLost: mapCounts(fairShare, (count, key) => count - lost(key)),
    };
  });
}
