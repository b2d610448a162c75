import type { Account, Customer, Fleet, Pool } from "../model/fleet";
import type { KnownPool } from "../render/machine-files";
import { notInFleet, withoutGoogle } from "./programmer-errors";

export type GoogleSide = NonNullable<Account["gcp"]>;

/** Looks up what entities name, in constant time: fleets have thousands of them. */
export class FleetIndex {
  private readonly accounts: ReadonlyMap<string, Account>;
  private readonly customers: ReadonlyMap<string, Customer>;
  private readonly pools: ReadonlyMap<string, readonly Pool[]>;

  constructor(private readonly fleet: Fleet) {
    this.accounts = new Map(fleet.accounts.map((account) => [account.id, account]));
    this.customers = new Map(fleet.customers.map((customer) => [customer.id, customer]));
    const pools = new Map<string, Pool[]>();
    for (const pool of fleet.pools) {
      for (const id of pool.serves) pools.set(id, [...(pools.get(id) ?? []), pool]);
    }
    this.pools = pools;
  }

  accountOf({ account: id }: { readonly account: string }): Account {
    const account = this.accounts.get(id);
    if (!account) throw notInFleet(`account ${id}`);
    return account;
  }

  /** The pools that serve a customer, of other accounts too, in the order of the fleet. */
  poolsServing({ id }: Customer): readonly Pool[] {
    return this.pools.get(id) ?? [];
  }

  /** The same pools, with what the catalogue knows of their machines. */
  knownPools(customer: Customer): readonly KnownPool[] {
    const { gcpMachineTypes, linodeTypes } = this.fleet.catalog;
    return this.poolsServing(customer).map((pool) => {
      const size = pool.cloud === "gcp" ? gcpMachineTypes.get(pool.machineType) : linodeTypes.get(pool.type);
      if (!size) throw notInFleet(`the machine type of pool ${pool.id} of account ${pool.account}`);
      return { pool, vcpus: size.vcpus };
    });
  }

  /** The customers that a pool serves, its home first. */
  servedBy(pool: Pool): readonly [Customer, ...Customer[]] {
    const [home, ...others] = pool.serves.map((id) => {
      const customer = this.customers.get(id);
      if (!customer)
        throw notInFleet(`customer ${id}, served by pool ${pool.id} of account ${pool.account},`);
      return customer;
    });
    if (!home) throw notInFleet(`any customer of pool ${pool.id} of account ${pool.account}`);
    return [home, ...others];
  }
}

export function googleSideOf(account: Account): GoogleSide {
  if (!account.gcp) throw withoutGoogle(account.id);
  return account.gcp;
}
