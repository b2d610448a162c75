import { buildCatalog } from "../../model/catalog";
import { accountOf, bridgeRegion, customersOf, poolsServing, regionGroups } from "../../model/mesh";
import { aCustomer, aFleet, aGcpPool, aLinodePool } from "../builders/fleet";

describe("bridgeRegion", () => {
  it("names cloud and region", () => {
    expect(bridgeRegion("linode", "nl-ams")).toBe("linode-nl-ams");
  });
});

describe("accountOf, poolsServing, customersOf", () => {
  const abc = aCustomer();
  const xyz = aCustomer({ id: "xyz" });
  const shared = aGcpPool({ serves: ["xyz", "abc"] });
  const own = aLinodePool({ serves: ["abc"] });
  const fleet = aFleet({ customers: [abc, xyz], pools: [shared, own] });

  it("finds who belongs to whom, a pool's home first", () => {
    expect(accountOf(fleet, abc).id).toBe("acme");
    expect(poolsServing(fleet, abc)).toEqual([shared, own]);
    expect(poolsServing(fleet, xyz)).toEqual([shared]);
    expect(customersOf(fleet, shared)).toEqual([xyz, abc]);
  });

  it("skips customers that do not exist: a rule refuses them", () => {
    expect(customersOf(fleet, aGcpPool({ serves: ["nobody", "abc"] }))).toEqual([abc]);
  });

  it("says how to get a fleet with an account for everybody", () => {
    expect(() => accountOf(fleet, { account: "globex" })).toThrow(
      "account globex is not in the fleet; build the fleet with loadFleet",
    );
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
