import type { Account, Fleet, Pool } from "../model/fleet";
import { accountStackId, bridgesStackId, customerStackId } from "../model/names";
import { indexFleet } from "../model/rules/fleet-index";
import { needsOf } from "./deploy-after";

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
  const { root = "accounts" } = fleet;
  const { accounts } = indexFleet(fleet);
  const accountOf = ({ account }: { readonly account: string }): Account => accounts.get(account)!;
  const stacks: RolloutStack[] = [
    ...fleet.accounts
      .filter(({ gcp }) => gcp)
      .map((account) => ({
        id: accountStackId(account),
        kind: "account" as const,
        account: account.id,
        name: account.id,
        source: `${root}/${account.id}/account.yaml`,
        needs: needsOf({ kind: "account", account }, fleet),
        customers: [],
      })),
    ...fleet.customers.map((customer) => ({
      id: customerStackId(customer),
      kind: "customer" as const,
      account: customer.account,
      name: customer.id,
      source: `${root}/${customer.account}/customers/${customer.id}.yaml`,
      needs: needsOf({ kind: "customer", account: accountOf(customer) }, fleet),
      customers: [customerStackId(customer)],
    })),
    ...fleet.pools.map((pool) => ({
      id: bridgesStackId(pool),
      kind: "pool" as const,
      account: pool.account,
      name: poolName(pool),
      source: `${root}/${pool.account}/pools/${pool.id}.yaml`,
      needs: needsOf({ kind: "pool", account: accountOf(pool), pool }, fleet),
      customers: pool.serves.map((id) => customerStackId({ id })),
    })),
    ...fleet.accounts.flatMap((account) =>
      [...account.retired].sort().map((id) => ({
        id,
        kind: "retired" as const,
        account: account.id,
        name: id,
        source: `${root}/${account.id}/account.yaml`,
        needs: needsOf({ kind: "retired", account, id }, fleet),
        customers: [],
      })),
    ),
  ];
  return new Map(stacks.map((stack) => [stack.id, stack]));
}

/** `acme/eu-burst` */
const poolName = ({ account, id }: Pick<Pool, "account" | "id">): string => `${account}/${id}`;
