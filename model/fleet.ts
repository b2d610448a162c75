import type { Catalog } from "./catalog";
import type { AccountSettings } from "./schema/account";
import type { CustomerSettings } from "./schema/customer";
import type { OwnPrices } from "./schema/prices";
import type { GcpPoolSettings, LinodePoolSettings } from "./schema/pool";

/** A directory under `accounts/`; its name is the id. */
export interface Account extends AccountSettings {
  readonly id: string;
}

/** One tenant; its file name is the id, unique over all accounts. */
export interface Customer extends CustomerSettings {
  readonly id: string;
  readonly account: string;
  /** The host name that people open, resolved: the file's own or `<id>.<dns.domain>`. */
  readonly hostname: string;
  /** Files beside the customer's own, path below `<id>/web` -> text: `config.js`, `branding/logo.svg`. Sorted by path. */
  readonly webFiles: ReadonlyMap<string, string>;
}

interface PoolIdentity {
  readonly id: string;
  readonly account: string;
}

export interface GcpPool extends GcpPoolSettings, PoolIdentity {}
export interface LinodePool extends LinodePoolSettings, PoolIdentity {}

/** A set of like bridges in one region; its file name is the id, unique within the account. */
export type Pool = GcpPool | LinodePool;

/** Everything under `accounts/`, merged and checked. Each list is sorted by account and id. */
export interface Fleet {
  readonly accounts: readonly Account[];
  readonly customers: readonly Customer[];
  readonly pools: readonly Pool[];
  readonly catalog: Catalog;
  /** `prices` of accounts/defaults.yaml. @default the shipped list prices */
  readonly prices?: OwnPrices;
  /** Name of the accounts directory, with which paths of its files begin. @default accounts */
  readonly root?: string;
  /** Ids of the stacks of the last synthesis: they tell a copied account from its original. @default none is known */
  readonly synthesized?: ReadonlySet<string>;
  /** Accounts that a person says are copies. @default nobody said so */
  readonly copies?: ReadonlySet<string>;
  /** The day, such as 2026-11-30, in UTC, for whoever has a clock: ends of waivers are judged by it. @default none is known */
  readonly today?: string;
}
