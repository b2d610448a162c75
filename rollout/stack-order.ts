/**
 * Deployed in this order, because a cloud refuses references to what is not there: a customer needs the network, a
 * bridge the customer's secrets. Destroyed the other way round.
 */
const PREFIXES = ["account-", "customer-", "bridges-"];

/** 0 for an account, 1 for a customer, 2 for a pool. */
export const rankOf = (id: string): number => PREFIXES.findIndex((prefix) => id.startsWith(prefix));

/** Stack ids in the order of a first deploy: accounts, customers, pools, each by id. */
export const deployOrder = (ids: readonly string[]): string[] =>
  [...ids].sort((a, b) => rankOf(a) - rankOf(b) || (a < b ? -1 : a > b ? 1 : 0));

/** Stack ids in the order in which they can be destroyed. */
export const destroyOrder = (ids: readonly string[]): string[] => deployOrder(ids).reverse();

/** Ordered ids in steps: stacks of one step do not need one another. */
export function inSteps(ordered: readonly string[]): string[][] {
  const steps: string[][] = [];
  for (const id of ordered) {
    const last = steps.at(-1);
    if (last && rankOf(last[0]!) === rankOf(id)) last.push(id);
    else steps.push([id]);
  }
  return steps;
}
