import type { Account, Customer, Fleet, Pool } from "../model/fleet";
import { bridgesStackId, customerStackId } from "../model/names";
import { fleetStacks } from "../rollout/fleet-stacks";
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

/** Every stack of the fleet, as a rollout knows it, with what it is built from. */
export function planStacks(fleet: Fleet, index = new FleetIndex(fleet)): PlannedStack[] {
  const customers = new Map(fleet.customers.map((customer) => [customerStackId(customer), customer]));
  const pools = new Map(fleet.pools.map((pool) => [bridgesStackId(pool), pool]));
  return [...fleetStacks(fleet).values()].map((stack): PlannedStack => {
    const { id, kind, source } = stack;
    const account = index.accountOf(stack);
    switch (kind) {
      case "customer":
        return { kind, id, account, source, customer: customers.get(id)! };
      case "pool":
        return { kind, id, account, source, pool: pools.get(id)! };
      default:
        return { kind, id, account, source };
    }
  });
}
