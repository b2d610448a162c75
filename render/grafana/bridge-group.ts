import {
  headroomPerBridge,
  joinsUntilNewBridge,
  OVERLOAD_STRESS,
  participantsAtFullStress,
} from "../../model/capacity";
import type { GcpPool } from "../../model/fleet";
import { poolRegion } from "../../model/names";
import { poolTag, SERVER_POOL } from "../../model/telemetry";
import type { KnownPool, ServerInput } from "../machine-files";

/** Bridges of one kind that serve the customer: of a pool, or the one on the server. */
export interface BridgeGroup {
  /** Tag `pool` of their points. */
  readonly tag: string;
  readonly region: string;
  /** Participants that bring one of them to stress 1. */
  readonly capacity: number;
  /** Bridges that run in any case. */
  readonly min: number;
  readonly max: number;
  /** Mean stress at which another one is added; absent where none ever is. */
  readonly targetStress?: number;
  /** Participants who can join before Jicofo has nowhere to put them: less is too little. */
  readonly leastHeadroom: number;
  /** Whether other customers' calls are on them, too. */
  readonly shared: boolean;
}

/** The groups that serve the customer, in the order of the pools. @param serverRegion Bridge region of the server. */
export const bridgeGroups = (
  { customer, knownPools, vcpus }: Pick<ServerInput, "customer" | "knownPools" | "vcpus">,
  serverRegion: string,
): readonly BridgeGroup[] => [
  ...knownPools.map(groupOf),
  ...(customer.bridgeOnServer
    ? [
        fixed(
          SERVER_POOL,
          serverRegion,
          1,
          participantsAtFullStress(vcpus, customer.serverBridge.load),
          false,
        ),
      ]
    : []),
];

function groupOf({ pool, vcpus }: KnownPool): BridgeGroup {
  const { load } = pool.bridge;
  const capacity = participantsAtFullStress(vcpus, load);
  const shared = pool.serves.length > 1;
  if (pool.cloud === "linode") return fixed(poolTag(pool), poolRegion(pool), pool.size, capacity, shared);
  const { targetStress, bootSeconds } = pool.scaling;
  const burst = steepestBurst(pool.scaling);
  return {
    tag: poolTag(pool),
    region: poolRegion(pool),
    capacity,
    min: pool.size.min,
    max: pool.size.max,
    targetStress,
    leastHeadroom:
      burst === undefined
        ? headroomPerBridge({ vcpus, load, stress: targetStress })
        : joinsUntilNewBridge(burst, bootSeconds),
    shared,
  };
}

/** Joins a minute that are promised at any time, or while a schedule runs. */
function steepestBurst({ burstJoinsPerMinute, schedules }: GcpPool["scaling"]): number | undefined {
  const all = [burstJoinsPerMinute, ...Object.values(schedules).map((each) => each.burstJoinsPerMinute)];
  const promised = all.filter((burst) => burst !== undefined);
  return promised.length === 0 ? undefined : Math.max(...promised);
}

/** Bridges whose number stays: a tenth of what they take is little. */
const fixed = (
  tag: string,
  region: string,
  size: number,
  capacity: number,
  shared: boolean,
): BridgeGroup => ({
  tag,
  region,
  capacity,
  min: size,
  max: size,
  leastHeadroom: Math.ceil((OVERLOAD_STRESS * capacity * size) / 10),
  shared,
});

/** Ends the description of what bridges cannot tell apart by customers: empty where no pool is shared. */
export const ofAllCustomers = (groups: readonly BridgeGroup[]): string =>
  groups.some(({ shared }) => shared)
    ? " Other customers of the same bridges are included: bridges cannot tell whose traffic it is."
    : "";

/** Regions of the groups, each with its groups, in the order of their names. */
export function byRegion(groups: readonly BridgeGroup[]): ReadonlyMap<string, readonly BridgeGroup[]> {
  const regions = [...new Set(groups.map(({ region }) => region))].sort();
  return new Map(regions.map((region) => [region, groups.filter((group) => group.region === region)]));
}
