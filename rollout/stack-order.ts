/**
 * Deployed in this order, because a cloud refuses references to what is not there: a customer needs the network, a
 * bridge the customer's secrets. Destroyed the other way round.
 */
const PREFIXES = ["account-", "customer-", "bridges-"];

const rank = (id: string): number => PREFIXES.findIndex((prefix) => id.startsWith(prefix));

/** Stack ids in the order of a first deploy: accounts, customers, pools, each by id. */
export const deployOrder = (ids: readonly string[]): string[] =>
  [...ids].sort((a, b) => rank(a) - rank(b) || (a < b ? -1 : a > b ? 1 : 0));

/** Stack ids in the order in which they can be destroyed. */
export const destroyOrder = (ids: readonly string[]): string[] => deployOrder(ids).reverse();

/** Ordered ids in steps: stacks of one step do not need one another. */
export function inSteps(ordered: readonly string[]): string[][] {
  const steps: string[][] = [];
  for (const id of ordered) {
    const last = steps.at(-1);
    if (last && rank(last[0]!) === rank(id)) last.push(id);
    else steps.push([id]);
  }
  return steps;
}
