import { regionOfZone } from "../catalog";
import { quoted } from "../quoted";
import type { Rule } from "./rule";

/** Zones that `catalog.extra` admits carry the name of their region: machines find their subnet by it. */
export const checkCatalogExtra: Rule = ({ catalog }) =>
  [...catalog.gcpRegions].flatMap(([region, { zones }]) =>
    zones.flatMap((zone, index) => {
      if (regionOfZone(zone) === region && zone !== region) return [];
      return [
        {
          at: { kind: "defaults" as const },
          path: ["catalog", "extra", "gcpRegions", region, "zones", index],
          message:
            `${quoted(zone)} is not a zone of ${region}; allowed: the region's name, a hyphen and a letter; ` +
            `write it like ${quoted(`${region}-a`)}`,
        },
      ];
    }),
  );
