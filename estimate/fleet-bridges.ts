import { regionOfZone, type MachineSize } from "../model/catalog";
import type { Customer, Fleet, Pool } from "../model/fleet";
import { bridgeRegion } from "../model/mesh";
import { poolRegion } from "../model/names";
import { indexFleet } from "../model/rules/fleet-index";
import type { BridgeMachine } from "./bridge-capacity";
import type { Counts } from "./counts";

/** Bridges of one pool, or the one on a customer's server. */
export interface Bridges extends BridgeMachine {
  /** `<account>/<pool>`, or `<customer> (server)`. */
  readonly name: string;
  readonly account: string;
  /** As the cloud names it: `europe-west4`. */
  readonly cloudRegion: string;
  /** As bridges announce it: `gcp-europe-west4`. */
  readonly region: string;
  /** Customers by id, each once. */
  readonly serves: readonly string[];
  /** How Jicofo puts each of them on bridges, in the order of `serves`. */
  readonly strategies: readonly SelectionStrategy[];
  /** Those that take new calls. */
  readonly count: Counts;
  /** undefined for the bridge on a server. */
  readonly pool: Pool | undefined;
}

/** Name of the bridge on a customer's server. */
export const serverBridgeName = (customer: string): string => `${customer} (server)`;

export type SelectionStrategy = Customer["jicofo"]["selectionStrategy"];

/** Whether a room of a customer may be on both. Bridges of one name are one pool, where it is not asked. */
export function mayShareRoom(one: Bridges, other: Bridges, customer: string): boolean {
  const strategy = one.strategies[one.serves.indexOf(customer)];
  if (one.name === other.name || strategy === undefined || !other.serves.includes(customer)) return false;
  return strategy === "RegionBased" || (strategy === "IntraRegion" && one.region === other.region);
}

/**
 * Everything that carries calls, in the order of the fleet: pools, then servers with a bridge. The check has held types
 * against the catalogue; a type that it does not know has no bridges here.
 */
export function bridgesOf(fleet: Fleet): readonly Bridges[] {
  return [
    ...fleet.pools.flatMap((pool) => ofPool(pool, fleet) ?? []),
    ...fleet.customers
      .filter(({ bridgeOnServer }) => bridgeOnServer)
      .flatMap((one) => ofServer(one, fleet) ?? []),
  ];
}

function ofPool(pool: Pool, fleet: Fleet): Bridges | undefined {
  const [type, types] =
    pool.cloud === "gcp"
      ? [pool.machineType, fleet.catalog.gcpMachineTypes]
      : [pool.type, fleet.catalog.linodeTypes];
  const size: MachineSize | undefined = types.get(type);
  if (!size) return undefined;
  return {
    name: `${pool.account}/${pool.id}`,
    account: pool.account,
    cloud: pool.cloud,
    cloudRegion: pool.region,
    region: poolRegion(pool),
    type,
    vcpus: size.vcpus,
    bridge: pool.bridge,
    ...served(pool.serves.flatMap((id) => indexFleet(fleet).servedBy(pool, id) ?? [])),
    count: countOf(pool),
    pool,
  };
}

/** Of several customers the smallest rooms count, which are on most bridges. */
const served = (
  customers: readonly Customer[],
): Pick<Bridges, "serves" | "strategies" | "roomPerBridge"> => ({
  serves: customers.map(({ id }) => id),
  strategies: customers.map(({ jicofo }) => jicofo.selectionStrategy),
  roomPerBridge: Math.min(
    ...customers.map(({ jicofo }) =>
      jicofo.selectionStrategy === "SingleBridge" ? Infinity : jicofo.maxParticipantsPerBridge,
    ),
  ),
});

function countOf(pool: Pool): Counts {
  if (pool.cloud === "linode") {
    const active = Math.max(0, pool.size - pool.draining);
    return { min: active, scheduled: active, max: active };
  }
  const { min, max } = pool.size;
  const asked = Object.values(pool.scaling.schedules).map(({ minBridges }) => minBridges);
  return { min, scheduled: Math.min(max, Math.max(min, ...asked)), max };
}

function ofServer(customer: Customer, { catalog }: Fleet): Bridges | undefined {
  const { id, account, server, serverBridge } = customer;
  const size = catalog.gcpMachineTypes.get(server.machineType);
  if (!size) return undefined;
  const cloudRegion = regionOfZone(server.zone);
  return {
    name: serverBridgeName(id),
    account,
    cloud: server.cloud,
    cloudRegion,
    region: bridgeRegion(server.cloud, cloudRegion),
    type: server.machineType,
    vcpus: size.vcpus,
    bridge: serverBridge,
    ...served([customer]),
    count: { min: 1, scheduled: 1, max: 1 },
    pool: undefined,
  };
}
