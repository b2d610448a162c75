import { quoted } from "../quoted";
import { atPool } from "./entity-ref";
import type { Rule } from "./rule";

/** Distributed sites of Linode have no placement groups. */
export const checkPlacementGroups: Rule = ({ pools, catalog }) =>
  pools.flatMap((pool) => {
    if (pool.cloud !== "linode" || pool.placement === "none") return [];
    if (catalog.linodeRegions.get(pool.region)?.placementGroupLimit !== 0) return [];
    return [
      {
        at: atPool(pool),
        path: ["placement"],
        message:
          `${quoted(pool.placement)} needs placement groups, which ${pool.region} does not have; ` +
          "allowed there: none; set placement: none",
      },
    ];
  });
