import { bridgeRegion } from "../mesh";
import { nearest } from "../nearest";
import type { Problem } from "../problem";
import { quoted } from "../quoted";
import { atCustomer } from "./entity-ref";
import type { Rule } from "./rule";

/** Region groups name regions as bridges announce them, and a region is in one group. */
export const checkRegionGroups: Rule = ({ customers, catalog }) => {
  const known = new Set([
    ...[...catalog.gcpRegions.keys()].map((region) => bridgeRegion("gcp", region)),
    ...[...catalog.linodeRegions.keys()].map((region) => bridgeRegion("linode", region)),
  ]);
  return customers.flatMap((customer) => {
    const seen = new Set<string>();
    return (customer.regionGroups ?? []).flatMap((group, i) =>
      group.flatMap((region, j): Problem[] => {
        const at = { at: atCustomer(customer), path: ["regionGroups", i, j] };
        if (!known.has(region)) return [{ ...at, message: unknownRegion(region, known) }];
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

function unknownRegion(region: string, known: ReadonlySet<string>): string {
  const bare = region.replace(/^(?:gcp|linode)-/, "");
  const suggestion =
    ["gcp", "linode"].map((cloud) => `${cloud}-${bare}`).find((name) => known.has(name)) ??
    nearest(region, known);
  return (
    `${quoted(region)} is not a bridge region; allowed: gcp- or linode- and a region of the catalogue; ` +
    (suggestion ? `did you mean ${quoted(suggestion)}?` : `such as ${quoted("gcp-europe-west4")}`)
  );
}
