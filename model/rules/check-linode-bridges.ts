import type { LinodePool } from "../fleet";
import { linodeBridgeId } from "../names";
import type { Problem } from "../problem";
import { atPool } from "./entity-ref";
import type { Rule } from "./rule";

/** What is said of single bridges of a fixed pool is said of bridges that it has. */
export const checkLinodeBridges: Rule = ({ pools }) =>
  pools.flatMap((pool) => (pool.cloud === "linode" ? [...checkDraining(pool), ...checkNumbers(pool)] : []));

function checkDraining(pool: LinodePool): Problem[] {
  const { draining, size } = pool;
  if (draining <= size) return [];
  return [
    {
      at: atPool(pool),
      path: ["draining"],
      message: `${draining} is more than the pool has; allowed: 0 to ${size}; lower it together with size`,
    },
  ];
}

function checkNumbers(pool: LinodePool): Problem[] {
  const ids = new Set(Array.from({ length: pool.size }, (_, index) => linodeBridgeId(index + 1)));
  return Object.keys(pool.bridges)
    .filter((id) => !ids.has(id))
    .map((id) => ({
      at: atPool(pool),
      path: ["bridges", id],
      message: `the pool has no such bridge; allowed: bridge-1 to bridge-${pool.size}; remove the entry`,
    }));
}
