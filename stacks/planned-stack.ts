import type { Account, Customer, Fleet, Pool } from "../model/fleet";
import { accountStackId, bridgesStackId, customerStackId } from "../model/names";
import { FleetIndex } from "./fleet-index";

/** A stack that the data asks for, before anything of it exists. */
export type PlannedStack = {
  readonly id: string;
  readonly account: Account;
  /** The YAML file that asks for it, from the repository's root. */
  readonly source: string;
} & (
  | { readonly kind: "account" }
  | { readonly kind: "customer"; readonly customer: Customer }
  | { readonly kind: "pool"; readonly pool: Pool }
  | { readonly kind: "retired" }
);

/** Every stack of the fleet: accounts, customers, pools, retired ones. An account without Google Cloud has none. */
export function planStacks(fleet: Fleet, index = new FleetIndex(fleet)): PlannedStack[] {
  const file = (account: Account, path: string) => `accounts/${account.id}/${path}.yaml`;
  return [
    ...fleet.accounts
      .filter((account) => account.gcp)
      .map((account) => ({
        kind: "account" as const,
        id: accountStackId(account),
        account,
        source: file(account, "account"),
      })),
    ...fleet.customers.map((customer) => {
      const account = index.accountOf(customer);
      const source = file(account, `customers/${customer.id}`);
      return { kind: "customer" as const, id: customerStackId(customer), account, source, customer };
    }),
    ...fleet.pools.map((pool) => {
      const account = index.accountOf(pool);
      const source = file(account, `pools/${pool.id}`);
      return { kind: "pool" as const, id: bridgesStackId(pool), account, source, pool };
    }),
    ...fleet.accounts.flatMap((account) =>
      [...account.retired].sort().map((id) => ({
        kind: "retired" as const,
        id,
        account,
        source: file(account, "account"),
      })),
    ),
  ];
}
