import type { Account, Customer, Fleet, Pool } from "../../model/fleet";
import { accountStackId, bridgesStackId, customerStackId, poolRegion } from "../../model/names";
import { bridgeRegion } from "../../model/mesh";
import { regionOfZone } from "../../model/catalog";
import { indexFleet } from "../../model/rules/fleet-index";

/** What `fleet list` knows lists of. */
export const KINDS = ["accounts", "customers", "pools", "stacks"] as const;
export type Kind = (typeof KINDS)[number];

export interface ListedAccount {
  readonly id: string;
  /** Google Cloud project; null without Google Cloud. */
  readonly project: string | null;
  readonly linode: boolean;
  /** Google Cloud regions with a subnet. */
  readonly regions: readonly string[];
  /** Domain of the DNS zone; null when people publish host names themselves. */
  readonly domain: string | null;
  readonly customers: number;
  readonly pools: number;
}

export interface ListedCustomer {
  readonly id: string;
  readonly account: string;
  readonly hostname: string;
  /** As bridges announce theirs: `gcp-europe-west4`. */
  readonly region: string;
  readonly zone: string;
  readonly machineType: string;
  readonly release: string;
  /** `<account>/<pool>` of the pools that serve it. */
  readonly pools: readonly string[];
  readonly bridgeOnServer: boolean;
}

export interface ListedPool {
  /** `<account>/<pool>` */
  readonly name: string;
  readonly account: string;
  readonly cloud: Pool["cloud"];
  /** As its bridges announce it: `linode-nl-ams`. */
  readonly region: string;
  /** Bridges at least and at most; the same number for a pool on Linode. */
  readonly min: number;
  readonly max: number;
  /** Bridges that take no new calls by order of the file. */
  readonly draining: number;
  readonly machineType: string;
  /** Customers, the home first. */
  readonly serves: readonly string[];
}

export interface ListedStack {
  readonly id: string;
  /** A deploy of a `retired` one destroys what it ran. */
  readonly kind: "account" | "customer" | "pool" | "retired";
  readonly account: string;
  /** The file that asks for it, such as `accounts/acme/account.yaml`. */
  readonly file: string;
}

/** What `fleet list --json` prints: the kinds that were asked for, all of them without one. */
export interface FleetLists {
  readonly accounts?: readonly ListedAccount[];
  readonly customers?: readonly ListedCustomer[];
  readonly pools?: readonly ListedPool[];
  /** In the order of a first deploy: accounts, customers, pools; then retired ones. */
  readonly stacks?: readonly ListedStack[];
}

export const poolName = ({ account, id }: Pick<Pool, "account" | "id">): string => `${account}/${id}`;

/** Bridges that a pool has at least and at most. */
export const boundsOf = (pool: Pool): { readonly min: number; readonly max: number } =>
  pool.cloud === "gcp" ? pool.size : { min: pool.size, max: pool.size };

export const machineTypeOf = (pool: Pool): string => (pool.cloud === "gcp" ? pool.machineType : pool.type);

/**
 * What there is.
 *
 * @param rootName name of the accounts directory, as files are shown
 * @param only id of the account to which the lists are limited
 */
export function fleetLists(
  fleet: Fleet,
  { rootName, only }: { readonly rootName: string; readonly only?: string | undefined },
): Required<FleetLists> {
  const accounts = fleet.accounts.filter(({ id }) => only === undefined || id === only);
  const inside = <T extends { readonly account: string }>(entities: readonly T[]) =>
    entities.filter(({ account }) => only === undefined || account === only);
  const customers = inside(fleet.customers);
  const pools = inside(fleet.pools);
  return {
    accounts: accounts.map((account) => listedAccount(account, fleet)),
    customers: customers.map((customer) => listedCustomer(customer, fleet)),
    pools: pools.map(listedPool),
    stacks: stacksOf(accounts, customers, pools, rootName),
  };
}

const listedAccount = ({ id, gcp, linode, dns }: Account, { customers, pools }: Fleet): ListedAccount => ({
  id,
  project: gcp?.project ?? null,
  linode: linode !== undefined,
  regions: Object.keys(gcp?.network.regions ?? {}),
  domain: dns?.domain ?? null,
  customers: customers.filter(({ account }) => account === id).length,
  pools: pools.filter(({ account }) => account === id).length,
});

const listedCustomer = (
  { id, account, hostname, server, release, bridgeOnServer }: Customer,
  fleet: Fleet,
): ListedCustomer => ({
  id,
  account,
  hostname,
  region: bridgeRegion(server.cloud, regionOfZone(server.zone)),
  zone: server.zone,
  machineType: server.machineType,
  release,
  pools: (indexFleet(fleet).poolsServing.get(id) ?? []).map(poolName),
  bridgeOnServer,
});

const listedPool = (pool: Pool): ListedPool => ({
  name: poolName(pool),
  account: pool.account,
  cloud: pool.cloud,
  region: poolRegion(pool),
  ...boundsOf(pool),
  draining: pool.cloud === "linode" ? pool.draining : 0,
  machineType: machineTypeOf(pool),
  serves: pool.serves,
});

/** As `planStacks` of stacks/ makes them; a test holds the two together. */
function stacksOf(
  accounts: readonly Account[],
  customers: readonly Customer[],
  pools: readonly Pool[],
  rootName: string,
): readonly ListedStack[] {
  const file = (account: string, path: string) => `${rootName}/${account}/${path}.yaml`;
  return [
    ...accounts
      .filter(({ gcp }) => gcp)
      .map((account) => ({
        id: accountStackId(account),
        kind: "account" as const,
        account: account.id,
        file: file(account.id, "account"),
      })),
    ...customers.map((customer) => ({
      id: customerStackId(customer),
      kind: "customer" as const,
      account: customer.account,
      file: file(customer.account, `customers/${customer.id}`),
    })),
    ...pools.map((pool) => ({
      id: bridgesStackId(pool),
      kind: "pool" as const,
      account: pool.account,
      file: file(pool.account, `pools/${pool.id}`),
    })),
    ...accounts.flatMap(({ id, retired }) =>
      [...retired].sort().map((stack) => ({
        id: stack,
        kind: "retired" as const,
        account: id,
        file: file(id, "account"),
      })),
    ),
  ];
}
