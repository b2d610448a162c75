import type { Account, Customer, Fleet, Pool } from "../fleet";

/** The fleet by id, so that a rule stays linear in its size. */
export interface FleetIndex {
  readonly accounts: ReadonlyMap<string, Account>;
  /** The customer that an id under `serves` of a pool means, if there is one. */
  readonly servedBy: (pool: Pick<Pool, "account">, id: string) => Customer | undefined;
  /** The pools that name a customer under `serves`, by the customer's id. */
  readonly poolsServing: ReadonlyMap<string, readonly Pool[]>;
}

const indexes = new WeakMap<Fleet, FleetIndex>();

/** The index of a fleet, made once for all rules: a fleet does not change. */
export function indexFleet(fleet: Fleet): FleetIndex {
  const known = indexes.get(fleet);
  if (known) return known;
  const index = makeIndex(fleet);
  indexes.set(fleet, index);
  return index;
}

function makeIndex(fleet: Fleet): FleetIndex {
  // Two accounts with a customer of one id are refused; until then each account's pools mean its own.
  const inAccount = new Map<string, Customer>();
  const anywhere = new Map<string, Customer>();
  for (const customer of fleet.customers) {
    inAccount.set(`${customer.account}/${customer.id}`, customer);
    if (!anywhere.has(customer.id)) anywhere.set(customer.id, customer);
  }
  const poolsServing = new Map<string, Pool[]>();
  for (const pool of fleet.pools) {
    for (const id of pool.serves) {
      const pools = poolsServing.get(id);
      if (pools) pools.push(pool);
      else poolsServing.set(id, [pool]);
    }
  }
  return {
    accounts: new Map(fleet.accounts.map((account) => [account.id, account])),
    servedBy: ({ account }, id) => inAccount.get(`${account}/${id}`) ?? anywhere.get(id),
    poolsServing,
  };
}
