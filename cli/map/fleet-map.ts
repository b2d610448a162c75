import { type Continent, regionOfZone } from "../../model/catalog";
import type { Customer, Fleet, Pool } from "../../model/fleet";
import { hasKeeper, keptPools } from "../../model/keeper-pools";
import { bridgeRegion } from "../../model/mesh";
import { poolRegion } from "../../model/names";
import { indexFleet } from "../../model/rules/fleet-index";
import { type MapMesh, meshesOf } from "./meshes-of";
import { boundsOf, machineTypeOf, poolName } from "../list/fleet-lists";

export interface MapCustomer {
  readonly id: string;
  readonly account: string;
  readonly hostname: string;
  /** As bridges announce theirs: `gcp-europe-west4`. */
  readonly region: string;
  readonly zone: string;
  readonly machineType: string;
  /** `<account>/<pool>` of the pools whose keeper runs on its server. */
  readonly keeps: readonly string[];
}

export interface MapPool {
  /** `<account>/<pool>`, or `<customer> (server)` for the bridge on a customer's server. */
  readonly name: string;
  readonly account: string;
  readonly cloud: Pool["cloud"];
  /** As its bridges announce it: `linode-nl-ams`. */
  readonly region: string;
  readonly onServer: boolean;
  readonly min: number;
  readonly max: number;
  /** Bridges that take no new calls by order of the file. */
  readonly draining: number;
  readonly machineType: string;
  /** Customers, the home first. */
  readonly serves: readonly string[];
  /** What the keeper on the home's server does; off for pools without one. */
  readonly keeper: "act" | "observe" | "off";
}

export interface MapAccount {
  readonly id: string;
  readonly project: string | null;
  readonly domain: string | null;
}

/** What `fleet map --json` prints. */
export interface FleetMap {
  readonly accounts: readonly MapAccount[];
  readonly customers: readonly MapCustomer[];
  readonly pools: readonly MapPool[];
  /** Octo; see `meshesOf` for who has none. */
  readonly meshes: readonly MapMesh[];
  /** The default region group of every region in use: its continent. */
  readonly groups: Readonly<Record<string, Continent>>;
}

/**
 * What a picture of the fleet shows.
 *
 * @param only id of the account to show, with its neighbours: pools of others that serve its customers, and customers
 *   of others that its pools serve
 */
export function fleetMap(fleet: Fleet, only?: string): FleetMap {
  const owner = new Map(fleet.customers.map(({ id, account }) => [id, account]));
  const isShownPool = ({ account, serves }: Pool) =>
    only === undefined || account === only || serves.some((id) => owner.get(id) === only);
  const poolsShown = fleet.pools.filter(isShownPool);
  const neighbours = new Set(
    poolsShown.filter(({ account }) => account === only).flatMap(({ serves }) => serves),
  );
  const customersShown = fleet.customers.filter(
    ({ id, account }) => only === undefined || account === only || neighbours.has(id),
  );
  const shown = new Set(customersShown.map(({ id }) => id));
  const customers = customersShown.map((customer) => mapCustomer(customer, fleet));
  const pools = [
    ...poolsShown.map((pool) => ({ ...mapPool(pool), serves: pool.serves.filter((id) => shown.has(id)) })),
    ...customersShown.filter(({ bridgeOnServer }) => bridgeOnServer).map(serverBridge),
  ];
  const inUse = new Set([...customers, ...pools].map(({ account }) => account));
  return {
    accounts: fleet.accounts
      .filter(({ id }) => inUse.has(id) || id === only || only === undefined)
      .map(({ id, gcp, dns }) => ({ id, project: gcp?.project ?? null, domain: dns?.domain ?? null })),
    customers,
    pools,
    meshes: meshesOf(customersShown, pools, fleet.pools),
    groups: groupsOf(fleet, new Set([...customers, ...pools].map(({ region }) => region))),
  };
}

const serverRegion = ({ server }: Customer): string => bridgeRegion(server.cloud, regionOfZone(server.zone));

const mapCustomer = (customer: Customer, fleet: Fleet): MapCustomer => ({
  id: customer.id,
  account: customer.account,
  hostname: customer.hostname,
  region: serverRegion(customer),
  zone: customer.server.zone,
  machineType: customer.server.machineType,
  keeps: keptPools(customer, indexFleet(fleet).poolsServing.get(customer.id) ?? []).map(poolName),
});

const mapPool = (pool: Pool): MapPool => ({
  name: poolName(pool),
  account: pool.account,
  cloud: pool.cloud,
  region: poolRegion(pool),
  onServer: false,
  ...boundsOf(pool),
  draining: pool.cloud === "linode" ? pool.draining : 0,
  machineType: machineTypeOf(pool),
  serves: pool.serves,
  keeper: hasKeeper(pool) ? (pool.keeper.mode as "act" | "observe") : "off",
});

const serverBridge = (customer: Customer): MapPool => ({
  name: `${customer.id} (server)`,
  account: customer.account,
  cloud: customer.server.cloud,
  region: serverRegion(customer),
  onServer: true,
  min: 1,
  max: 1,
  draining: 0,
  machineType: customer.server.machineType,
  serves: [customer.id],
  keeper: "off",
});

function groupsOf({ catalog }: Fleet, regions: ReadonlySet<string>): Readonly<Record<string, Continent>> {
  const known: [string, Continent][] = [
    ...[...catalog.gcpRegions].map(([name, { continent }]): [string, Continent] => [
      bridgeRegion("gcp", name),
      continent,
    ]),
    ...[...catalog.linodeRegions].map(([name, { continent }]): [string, Continent] => [
      bridgeRegion("linode", name),
      continent,
    ]),
  ];
  return Object.fromEntries(known.filter(([name]) => regions.has(name)));
}
