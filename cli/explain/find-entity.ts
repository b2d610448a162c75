import type { Account, Customer, Fleet, Pool } from "../../model/fleet";
import { accountStackId, bridgesStackId, customerStackId } from "../../model/names";
import type { EntityRef } from "../../model/problem";
import { poolName } from "../list/fleet-lists";
import { unknownName } from "../unknown-name";

/** What a name on the command line means. */
export type Entity =
  | { readonly kind: "account"; readonly name: string; readonly account: Account }
  | { readonly kind: "customer"; readonly name: string; readonly customer: Customer }
  | { readonly kind: "pool"; readonly name: string; readonly pool: Pool };

/** How the entity's documents are found. */
export function refOf(entity: Entity): EntityRef {
  switch (entity.kind) {
    case "account":
      return { kind: "account", account: entity.account.id };
    case "customer":
      return { kind: "customer", account: entity.customer.account, customer: entity.customer.id };
    case "pool":
      return { kind: "pool", account: entity.pool.account, pool: entity.pool.id };
  }
}

/** The stack of an entity; its id is an unambiguous name of it. */
export function stackOf(entity: Entity): string {
  switch (entity.kind) {
    case "account":
      return accountStackId(entity.account);
    case "customer":
      return customerStackId(entity.customer);
    case "pool":
      return bridgesStackId(entity.pool);
  }
}

/**
 * The customer, pool (`acme/eu-burst`) or account of a name or a stack's id. Else one line that says why there is none, or
 * which of two is to be named by its stack.
 */
export function findEntity({ accounts, customers, pools }: Fleet, name: string): Entity | string {
  const all: readonly Entity[] = [
    ...customers.map((customer): Entity => ({ kind: "customer", name: customer.id, customer })),
    ...pools.map((pool): Entity => ({ kind: "pool", name: poolName(pool), pool })),
    ...accounts.map((account): Entity => ({ kind: "account", name: account.id, account })),
  ];
  const byStack = all.find((entity) => stackOf(entity) === name);
  if (byStack) return byStack;
  const [found, other] = all.filter((entity) => entity.name === name);
  if (found && other)
    return `${name} is a ${found.kind} and an ${other.kind}: say ${stackOf(found)} or ${stackOf(other)}.\n`;
  const ofThatId = pools.filter(({ id }) => id === name).map(poolName);
  if (!found && ofThatId.length > 0)
    return `A pool is named with its account: say ${ofThatId.join(" or ")}.\n`;
  return (
    found ??
    unknownName(
      "customer, pool or account",
      name,
      all.map((entity) => entity.name),
    )
  );
}
