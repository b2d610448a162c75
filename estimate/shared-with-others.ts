import type { FleetCost } from "./cost-of";

/**
 * Customers who were there before and have a pool that serves others than it did: its cost is divided among those whom it
 * serves, so their part of it is another one, although it costs much the same.
 *
 * @returns their ids
 */
export function sharedWithOthers(before: FleetCost, after: FleetCost): ReadonlySet<string> {
  const servedBefore = new Map(before.pools.map(({ pool, serves }) => [pool, new Set(serves)]));
  return new Set(
    after.pools.flatMap(({ pool, serves }) => {
      const old = servedBefore.get(pool);
      const isAsBefore = old && old.size === serves.length && serves.every((id) => old.has(id));
      return old && !isAsBefore ? serves.filter((id) => old.has(id)) : [];
    }),
  );
}
