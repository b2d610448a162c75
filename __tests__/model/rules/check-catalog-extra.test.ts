import { buildCatalog } from "../../../model/catalog";
import { checkCatalogExtra } from "../../../model/rules/check-catalog-extra";
import { findings } from "../../builders/findings";

const withZones = (...zones: string[]) => ({
  catalog: buildCatalog({ gcpRegions: { "europe-north3": { zones, continent: "europe" } } }),
});

describe("checkCatalogExtra", () => {
  it.each(["europe-north3a", "europe-north3", "europe-north2-a"])(
    "refuses zone %s of europe-north3",
    (zone) => {
      expect(findings(checkCatalogExtra, withZones("europe-north3-a", zone))).toEqual([
        `defaults catalog.extra.gcpRegions.europe-north3.zones.1: "${zone}" is not a zone of europe-north3; ` +
          'allowed: the region\'s name, a hyphen and a letter; write it like "europe-north3-a"',
      ]);
    },
  );

  it("accepts zones that carry the name of their region, and the shipped catalogue", () => {
    expect(findings(checkCatalogExtra, withZones("europe-north3-a", "europe-north3-f"))).toEqual([]);
  });
});
