import type { Problem } from "../problem";
import { quoted } from "../quoted";
import { atPool } from "./entity-ref";
import { listed } from "../listed";
import type { Rule } from "./rule";

/** The zones that a Google pool is narrowed to are zones of its region, each named once. */
export const checkPoolZones: Rule = ({ pools, catalog }) =>
  pools.flatMap((pool): Problem[] => {
    const region = catalog.gcpRegions.get(pool.region);
    if (pool.cloud !== "gcp" || !pool.zones || !region) return [];
    const { zones } = pool;
    return zones.flatMap((zone, index): Problem[] => {
      const at = { at: atPool(pool), path: ["zones", index] };
      if (!region.zones.includes(zone)) {
        const allowed = `allowed: ${listed(region.zones)}; choose among these, or leave zones out for all`;
        return [{ ...at, message: `${quoted(zone)} is not a zone of ${pool.region}; ${allowed}` }];
      }
      if (zones.indexOf(zone) < index) {
        return [
          { ...at, message: `${quoted(zone)} is named twice; allowed: each zone once; remove this one` },
        ];
      }
      return [];
    });
  });
