import type { Account, Customer, Fleet, Pool } from "../model/fleet";
import { accountStackId, customerStackId } from "../model/names";
import { indexFleet } from "../model/rules/fleet-index";
import { rankOf } from "./stack-order";

/** What a stack is made of. */
export type StackSubject =
  | { readonly kind: "account"; readonly account: Account }
  | { readonly kind: "customer"; readonly account: Account }
  | { readonly kind: "pool"; readonly account: Account; readonly pool: Pool }
  | { readonly kind: "retired"; readonly account: Account; readonly id: string };

/**
 * Stacks that must be there before one, and that are destroyed after it: a customer needs its account's network, a pool
 * the secrets of its customers. A stack's own file and what it names say it all, so that a new neighbour changes nothing
 * here. What a retired pool served nobody knows any more; its network is the account's.
 *
 * @returns ids of stacks that the data asks for, accounts first, then customers, each sorted; an account without Google
 *   Cloud has none
 */
export function needsOf(stack: StackSubject, fleet: Fleet): string[] {
  const accounts = (...of: readonly (Account | undefined)[]): string[] =>
    [...new Set(of.flatMap((account) => (account?.gcp ? [accountStackId(account)] : [])))].sort();
  if (stack.kind === "account") return [];
  if (stack.kind !== "pool") return accounts(stack.account);
  const index = indexFleet(fleet);
  const served = stack.pool.serves
    .map((id) => index.servedBy(stack.pool, id))
    .filter((customer): customer is Customer => customer !== undefined);
  return [
    ...accounts(stack.account, ...served.map(({ account }) => index.accounts.get(account))),
    ...served.map(customerStackId).sort(),
  ];
}

/**
 * Stacks whose deploy comes before that of one, when several are deployed: those that it needs, and of what is retired,
 * pools before customers and customers before accounts, because a deploy destroys what they ran.
 */
export function deployAfter(stack: StackSubject, fleet: Fleet): string[] {
  const needs = needsOf(stack, fleet);
  if (stack.kind !== "retired") return needs;
  const sooner = stack.account.retired.filter((id) => rankOf(id) > rankOf(stack.id));
  return [...needs, ...sooner.sort()];
}
