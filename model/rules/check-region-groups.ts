import type { Problem } from "../problem";
import { quoted } from "../quoted";
import { bridgeRegionNames, unknownBridgeRegion } from "./bridge-region-names";
import { atCustomer } from "./entity-ref";
import type { Rule } from "./rule";

/** Region groups name regions as bridges announce them, and a region is in one group. */
export const checkRegionGroups: Rule = ({ customers, catalog }) => {
  const known = bridgeRegionNames(catalog);
  return customers.flatMap((customer) => {
    const seen = new Set<string>();
    return (customer.regionGroups ?? []).flatMap((group, i) =>
      group.flatMap((region, j): Problem[] => {
        const at = { at: atCustomer(customer), path: ["regionGroups", i, j] };
        if (!known.has(region)) return [{ ...at, message: unknownBridgeRegion(region, known) }];
        if (seen.has(region)) {
          return [
            {
              ...at,
              message: `${quoted(region)} is named twice; allowed: a region in one group; remove one`,
            },
          ];
        }
        seen.add(region);
        return [];
      }),
    );
  });
};
