import { OVERLOAD_STRESS, participantsAtFullStress } from "../../model/capacity";
import { type MachineSize, regionOfZone } from "../../model/catalog";
import type { Account, Customer, Fleet, Pool } from "../../model/fleet";
import { bridgeImage, type Component, imageOf } from "../../model/images";
import { keptPools } from "../../model/keeper-pools";
import { bridgeRegion, regionGroups } from "../../model/mesh";
import {
  accountStackId,
  artifactsBucketName,
  bridgesStackId,
  customerStackId,
  poolRegion,
  serverName,
} from "../../model/names";
import { indexFleet } from "../../model/rules/fleet-index";
import { boundsOf, machineTypeOf, poolName } from "../list/fleet-lists";
import type { Entity } from "./find-entity";

/** At least and at most. */
export interface Bounds {
  readonly min: number;
  readonly max: number;
}

export interface Machine extends MachineSize {
  readonly type: string;
}

/** What follows from the settings of a pool, and of the bridge on a server. */
export interface BridgesFollow {
  /** `<account>/<pool>`, or `<customer> (server)`. */
  readonly name: string;
  /** As the bridges announce it: `gcp-europe-west4`. */
  readonly region: string;
  readonly machine: Machine;
  readonly bridges: Bounds;
  /** Participants on all of the bridges until Jicofo avoids them: a first guess, shared by all customers served. */
  readonly participants: Bounds;
  readonly serves: readonly string[];
}

export interface CustomerFollows {
  readonly url: string;
  readonly server: {
    readonly name: string;
    readonly region: string;
    readonly machine: Machine;
  };
  readonly images: Readonly<Record<Component, string>>;
  readonly pools: readonly BridgesFollow[];
  /** Over all pools. */
  readonly bridges: Bounds;
  readonly participants: Bounds;
  /** Regions of its bridges that Jicofo takes as near each other. */
  readonly regionGroups: readonly (readonly string[])[];
  /** Pools that the keeper on its server looks after. */
  readonly keeps: readonly string[];
  /** Its own and those of the pools that serve it, in the order of a first deploy. */
  readonly stacks: readonly string[];
}

export interface PoolFollows extends BridgesFollow {
  /** The customer whose server runs the keeper and gets the pool's measurements. */
  readonly home: string;
  readonly image: string;
  readonly stacks: readonly string[];
}

export interface AccountFollows {
  readonly customers: readonly string[];
  readonly pools: readonly string[];
  /** Bucket with the keeper's program and its memory; null without Google Cloud. */
  readonly artifactsBucket: string | null;
  /** In the order of a first deploy; retired ones are not among them. */
  readonly stacks: readonly string[];
}

export type Follows = CustomerFollows | PoolFollows | AccountFollows;

/** What an entity's settings make of it, and what is connected with it. */
export function followsOf(entity: Entity, fleet: Fleet): Follows {
  switch (entity.kind) {
    case "account":
      return accountFollows(entity.account, fleet);
    case "customer":
      return customerFollows(entity.customer, fleet);
    case "pool":
      return poolFollows(entity.pool, fleet);
  }
}

function customerFollows(customer: Customer, fleet: Fleet): CustomerFollows {
  const { id, server, hostname, bridgeOnServer } = customer;
  const serving = indexFleet(fleet).poolsServing.get(id) ?? [];
  const region = bridgeRegion(server.cloud, regionOfZone(server.zone));
  const machine = machineOf(server.machineType, fleet.catalog.gcpMachineTypes);
  const onServer: BridgesFollow = {
    name: `${id} (server)`,
    region,
    machine,
    bridges: { min: 1, max: 1 },
    participants: participantsOn(1, 1, machine, customer.serverBridge.load),
    serves: [id],
  };
  const pools = [...serving.map((pool) => bridgesFollow(pool, fleet)), ...(bridgeOnServer ? [onServer] : [])];
  const inUse = new Set(pools.map((pool) => pool.region));
  return {
    url: `https://${hostname}/`,
    server: { name: serverName(customer), region, machine },
    images: {
      web: imageOf(customer, "web"),
      prosody: imageOf(customer, "prosody"),
      jicofo: imageOf(customer, "jicofo"),
      jvb: imageOf(customer, "jvb"),
    },
    pools,
    bridges: sumOf(pools.map(({ bridges }) => bridges)),
    participants: sumOf(pools.map(({ participants }) => participants)),
    regionGroups: regionGroups(fleet.catalog, customer)
      .map((group) => group.filter((name) => inUse.has(name)))
      .filter((group) => group.length > 0),
    keeps: keptPools(customer, serving).map(poolName),
    stacks: [customerStackId(customer), ...serving.map(bridgesStackId)],
  };
}

function poolFollows(pool: Pool, fleet: Fleet): PoolFollows {
  const served = pool.serves.map((id) => indexFleet(fleet).servedBy(pool, id)!);
  return {
    ...bridgesFollow(pool, fleet),
    home: pool.serves[0]!,
    image: bridgeImage(pool, served[0]!),
    stacks: [...served.map(customerStackId), bridgesStackId(pool)],
  };
}

function accountFollows(account: Account, fleet: Fleet): AccountFollows {
  const customers = fleet.customers.filter((customer) => customer.account === account.id);
  const pools = fleet.pools.filter((pool) => pool.account === account.id);
  return {
    customers: customers.map(({ id }) => id),
    pools: pools.map(poolName),
    artifactsBucket: account.gcp ? artifactsBucketName(account.gcp.project) : null,
    stacks: [
      ...(account.gcp ? [accountStackId(account)] : []),
      ...customers.map(customerStackId),
      ...pools.map(bridgesStackId),
    ],
  };
}

function bridgesFollow(pool: Pool, { catalog }: Fleet): BridgesFollow {
  const types = pool.cloud === "gcp" ? catalog.gcpMachineTypes : catalog.linodeTypes;
  const machine = machineOf(machineTypeOf(pool), types);
  const { min, max } = boundsOf(pool);
  const draining = pool.cloud === "linode" ? pool.draining : 0;
  return {
    name: poolName(pool),
    region: poolRegion(pool),
    machine,
    bridges: { min, max },
    participants: participantsOn(min - draining, max - draining, machine, pool.bridge.load),
    serves: pool.serves,
  };
}

/** The check has held the type against the catalogue. */
const machineOf = (type: string, types: ReadonlyMap<string, MachineSize>): Machine => ({
  type,
  ...types.get(type)!,
});

function participantsOn(min: number, max: number, { vcpus }: Machine, load: Pool["bridge"]["load"]): Bounds {
  const each = Math.round(OVERLOAD_STRESS * participantsAtFullStress(vcpus, load));
  return { min: min * each, max: max * each };
}

const sumOf = (bounds: readonly Bounds[]): Bounds => ({
  min: bounds.reduce((sum, { min }) => sum + min, 0),
  max: bounds.reduce((sum, { max }) => sum + max, 0),
});
