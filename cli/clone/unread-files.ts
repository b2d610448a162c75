import type { Fleet } from "../../model/fleet";

/** `accounts/acme/pools/eu-burst.yaml`, or its account.yaml. */
const OF_AN_ENTITY = /^[^/]+\/([^/]+)\/(?:account|(customers|pools)\/([^/]+))\.yaml$/;

/**
 * Files of accounts, customers and pools that have mistakes of their own, so that the fleet is without them: what they
 * share with an original nobody knows yet.
 *
 * @param paths from the parent of the accounts directory
 */
export function unreadFiles(
  paths: Iterable<string>,
  { accounts, customers, pools }: Fleet,
): readonly { readonly file: string; readonly account: string }[] {
  const read = new Set([
    ...accounts.map(({ id }) => JSON.stringify([id])),
    ...customers.map(({ account, id }) => JSON.stringify([account, "customers", id])),
    ...pools.map(({ account, id }) => JSON.stringify([account, "pools", id])),
  ]);
  return [...paths].flatMap((file) => {
    const [, account, ...entity] = OF_AN_ENTITY.exec(file) ?? [];
    if (account === undefined) return [];
    const key = JSON.stringify([account, ...entity.filter((part) => part !== undefined)]);
    return read.has(key) ? [] : [{ file, account }];
  });
}
