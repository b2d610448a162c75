import { type BreweryAccessProps, buildBreweryAccess } from "../../../modules/gcp/brewery-access";
import { aCustomer, aLinodePool } from "../../builders/fleet";
import { terraformOf } from "../../builders/terraform";

const rule = (from: BreweryAccessProps["from"]) =>
  terraformOf((stack) =>
    buildBreweryAccess(stack, {
      pool: aLinodePool(),
      customer: aCustomer(),
      project: "other-project",
      network: "net",
      server: "srv-abc@other-project",
      from,
    }),
  ).resource.google_compute_firewall["brewery-abc"];

describe("buildBreweryAccess", () => {
  it("opens the brewery of one server, in the project of that customer", () => {
    expect(rule({ addresses: ["192.0.2.1/32"] })).toMatchObject({
      project: "other-project",
      name: "abc-xmpp-from-acme-nl-static",
      network: "net",
      target_service_accounts: ["srv-abc@other-project"],
      allow: [{ protocol: "tcp", ports: ["6222"] }],
    });
  });

  it("admits bridges of another cloud by exactly their addresses", () => {
    const opened = rule({ addresses: ["192.0.2.1/32", "192.0.2.2/32"] });
    expect(opened.source_ranges).toEqual(["192.0.2.1/32", "192.0.2.2/32"]);
    expect(opened).not.toHaveProperty("source_service_accounts");
  });

  it("admits bridges of the same network by their service account", () => {
    const opened = rule({ serviceAccount: "jvb@p" });
    expect(opened.source_service_accounts).toEqual(["jvb@p"]);
    expect(opened).not.toHaveProperty("source_ranges");
  });
});
