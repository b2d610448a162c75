import { servedCustomers } from "../../review/served-customers";

describe("servedCustomers", () => {
  it("are those at whose brewery bridges are let in, and the one with a bridge on its server", () => {
    const rules = (...names: readonly string[]) => ({
      google_compute_firewall: Object.fromEntries(names.map((name) => [name, {}])),
    });
    expect(servedCustomers("bridges-acme-nl", rules("media", "brewery-abc", "brewery-xyz-europe"))).toEqual([
      "abc",
      "xyz-europe",
    ]);
    expect(servedCustomers("customer-abc", rules("web", "media-on-server"))).toEqual(["abc"]);
    expect(servedCustomers("customer-abc", rules("web"))).toEqual([]);
    expect(servedCustomers("account-acme", {})).toEqual([]);
  });
});
