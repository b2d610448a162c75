import type { Account, Fleet, Pool } from "../model/fleet";
import { accountStackId, bridgesStackId, customerStackId } from "../model/names";

export type StackKind = "account" | "customer" | "pool" | "retired";

/** A stack as a rollout sees it: what it is, and what must be there before it. */
export interface RolloutStack {
  readonly id: string;
  readonly kind: StackKind;
  readonly account: string;
  /** As people write it: `acme`, `abc`, `acme/eu-burst`; a retired stack has no other name than its id. */
  readonly name: string;
  /** The file that asks for it, from the parent of the accounts directory. */
  readonly source: string;
  /** Stacks that must be deployed before it and destroyed after it. */
  readonly needs: readonly string[];
  /** Customers that a pool serves, by their stacks; the stack itself for a customer. */
  readonly customers: readonly string[];
}

/** Every stack of the fleet by its id: accounts, customers, pools, retired ones. An account without Google has none. */
export function fleetStacks(fleet: Fleet): ReadonlyMap<string, RolloutStack> {
  const withStack = new Map(fleet.accounts.map((account) => [account.id, account.gcp ? [account] : []]));
  const accountOf = (id: string): string[] => (withStack.get(id) ?? []).map(accountStackId);
  const stacks: RolloutStack[] = [
    ...fleet.accounts
      .filter(({ gcp }) => gcp)
      .map((account) => ({
        id: accountStackId(account),
        kind: "account" as const,
        account: account.id,
        name: account.id,
        source: `accounts/${account.id}/account.yaml`,
        needs: [],
        customers: [],
      })),
    ...fleet.customers.map((customer) => ({
      id: customerStackId(customer),
      kind: "customer" as const,
      account: customer.account,
      name: customer.id,
      source: `accounts/${customer.account}/customers/${customer.id}.yaml`,
      needs: accountOf(customer.account),
      customers: [customerStackId(customer)],
    })),
    ...fleet.pools.map((pool) => poolStack(pool, accountOf(pool.account))),
    ...fleet.accounts.flatMap((account) => retiredStacks(account, accountOf(account.id))),
  ];
  return new Map(stacks.map((stack) => [stack.id, stack]));
}

function poolStack(pool: Pool, account: readonly string[]): RolloutStack {
  const customers = pool.serves.map((id) => customerStackId({ id }));
  return {
    id: bridgesStackId(pool),
    kind: "pool",
    account: pool.account,
    name: poolName(pool),
    source: `accounts/${pool.account}/pools/${pool.id}.yaml`,
    needs: [...account, ...customers],
    customers,
  };
}

/** What it served nobody knows any more; its network is the account's. */
const retiredStacks = (account: Account, needs: readonly string[]): RolloutStack[] =>
  [...account.retired].sort().map((id) => ({
    id,
    kind: "retired",
    account: account.id,
    name: id,
    source: `accounts/${account.id}/account.yaml`,
    needs,
    customers: [],
  }));

/** `acme/eu-burst` */
const poolName = ({ account, id }: Pick<Pool, "account" | "id">): string => `${account}/${id}`;
