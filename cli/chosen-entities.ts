import type { Fleet } from "../model/fleet";
import { findEntity } from "./explain/find-entity";

/** Customers and pools that a command is about. */
export interface Chosen {
  /** Ids. */
  readonly customers: ReadonlySet<string>;
  /** `<account>/<pool>` */
  readonly pools: ReadonlySet<string>;
}

/**
 * What names of customers, accounts and pools, or ids of stacks, choose: a customer with the pools that serve it, an
 * account with all of its own, a pool alone. Without a name all there is. Else one line that says which name is wrong.
 */
export function chosenEntities(fleet: Fleet, names: readonly string[]): Chosen | string {
  const nameOf = ({ account, id }: { readonly account: string; readonly id: string }) => `${account}/${id}`;
  if (names.length === 0)
    return {
      customers: new Set(fleet.customers.map(({ id }) => id)),
      pools: new Set(fleet.pools.map(nameOf)),
    };
  const [customers, pools] = [new Set<string>(), new Set<string>()];
  for (const name of names) {
    const entity = findEntity(fleet, name);
    if (typeof entity === "string") return entity;
    if (entity.kind === "pool") pools.add(entity.name);
    if (entity.kind === "customer") {
      customers.add(entity.name);
      for (const pool of fleet.pools) if (pool.serves.includes(entity.name)) pools.add(nameOf(pool));
    }
    if (entity.kind === "account") {
      for (const { id, account } of fleet.customers) if (account === entity.name) customers.add(id);
      for (const pool of fleet.pools) if (pool.account === entity.name) pools.add(nameOf(pool));
    }
  }
  return { customers, pools };
}
