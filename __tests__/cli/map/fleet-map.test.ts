import { fleetMap } from "../../../cli/map/fleet-map";
import { MODELINES } from "../../builders/account-files";
import { fleetOf, TWO_ACCOUNTS } from "../../builders/fleet-of";

describe("fleetMap", () => {
  it("knows a mesh over the pools of a customer, and who keeps which pool", () => {
    const map = fleetMap(fleetOf());
    expect(map.meshes).toEqual([{ pools: ["acme/eu-burst", "acme/nl-static"], customers: ["abc"] }]);
    expect(map.customers.map(({ id, keeps }) => [id, keeps])).toEqual([["abc", ["acme/eu-burst"]]]);
    expect(map.pools.map(({ name, min, max, keeper }) => [name, min, max, keeper])).toEqual([
      ["acme/eu-burst", 2, 8, "act"],
      ["acme/nl-static", 3, 3, "off"],
    ]);
    expect(map.groups).toEqual({ "gcp-europe-west4": "europe", "linode-nl-ams": "europe" });
  });

  it.each([
    ["RegionBased", [["acme/eu-burst", "acme/nl-static", "abc (server)"]]],
    ["IntraRegion", [["acme/eu-burst", "abc (server)"]]],
    ["SingleBridge", []],
  ])("joins with %s only pools that may share a call", (strategy, meshes) => {
    const text = `${MODELINES.customer}server: { cloud: gcp, zone: europe-west4-a }\nbridgeOnServer: true\njicofo: { selectionStrategy: ${strategy} }\n`;
    const map = fleetMap(fleetOf({ "accounts/acme/customers/abc.yaml": text }));
    expect(map.meshes.map(({ pools }) => pools)).toEqual(meshes);
  });

  it("keeps a pool with a next release out of the mesh of this one", () => {
    const pool = `${MODELINES.pool}cloud: linode\nregion: nl-ams\nserves: [abc]\nsize: 3\nnextImage: { tag: stable-11200 }\n`;
    expect(fleetMap(fleetOf({ "accounts/acme/pools/nl-static.yaml": pool })).meshes).toEqual([]);
  });

  it("counts the bridge on a server as a pool of its own", () => {
    const map = fleetMap(fleetOf(TWO_ACCOUNTS));
    expect(map.pools.at(-1)).toMatchObject({
      name: "a-customer-of-24-letters (server)",
      onServer: true,
      max: 1,
    });
    expect(map.meshes[1]).toEqual({
      pools: ["globex/us-burst-of-21-letter", "globex/us-static", "a-customer-of-24-letters (server)"],
      customers: ["a-customer-of-24-letters"],
    });
  });

  it("shows of other accounts what an account shares with them", () => {
    const acme = fleetMap(fleetOf(TWO_ACCOUNTS), "acme");
    expect(acme.accounts.map(({ id }) => id)).toEqual(["acme", "globex"]);
    expect(acme.customers.map(({ id }) => id)).toEqual(["abc"]);
    expect(acme.pools.map(({ name, serves }) => [name, serves])).toEqual([
      ["acme/eu-burst", ["abc"]],
      ["acme/nl-static", ["abc"]],
      ["globex/us-static", ["abc"]],
    ]);
    const globex = fleetMap(fleetOf(TWO_ACCOUNTS), "globex");
    expect(globex.customers.map(({ id }) => id)).toEqual(["abc", "a-customer-of-24-letters"]);
    expect(globex.pools.map(({ name }) => name)).toEqual([
      "globex/us-burst-of-21-letter",
      "globex/us-static",
      "a-customer-of-24-letters (server)",
    ]);
  });
});
