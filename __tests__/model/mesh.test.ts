import { buildCatalog } from "../../model/catalog";
import { bridgeRegion, regionGroups } from "../../model/mesh";

describe("bridgeRegion", () => {
  it("names cloud and region", () => {
    expect(bridgeRegion("linode", "nl-ams")).toBe("linode-nl-ams");
  });
});

describe("regionGroups", () => {
  const catalog = buildCatalog();

  it("groups every region of both clouds by continent", () => {
    const groups = regionGroups(catalog, {});
    const europe = groups.find((group) => group.includes("gcp-europe-west4"));
    expect(europe).toEqual(expect.arrayContaining(["linode-nl-ams", "linode-eu-west", "gcp-europe-north1"]));
    expect(groups.flat()).toHaveLength(catalog.gcpRegions.size + catalog.linodeRegions.size);
    expect(new Set(groups.flat()).size).toBe(groups.flat().length);
  });

  it("does not depend on the order of the catalogue", () => {
    const reversed = <V>(map: ReadonlyMap<string, V>) => new Map([...map].reverse());
    const other = {
      ...catalog,
      gcpRegions: reversed(catalog.gcpRegions),
      linodeRegions: reversed(catalog.linodeRegions),
    };
    expect(regionGroups(other, {})).toEqual(regionGroups(catalog, {}));
  });

  it("gives way to the customer's own groups", () => {
    const own = [["gcp-europe-west4", "linode-nl-ams"], ["gcp-us-east1"]];
    expect(regionGroups(catalog, { regionGroups: own })).toEqual(own);
  });
});
