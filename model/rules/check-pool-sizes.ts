import type { Problem } from "../problem";
import { atPool } from "./entity-ref";
import type { Rule } from "./rule";

/** The bounds of a growing pool are in order. */
export const checkPoolSizes: Rule = ({ pools }) =>
  pools.flatMap((pool): Problem[] => {
    if (pool.cloud !== "gcp" || pool.size.min <= pool.size.max) return [];
    const { min, max } = pool.size;
    return [
      {
        at: atPool(pool),
        path: ["size", "min"],
        message: `${min} is more than size.max; allowed: 1 to ${max}; lower it, or raise size.max`,
      },
    ];
  });
