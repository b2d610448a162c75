import { checkServerZones } from "../../../model/rules/check-server-zones";
import { aCustomer } from "../../builders/fleet";
import { findings } from "../../builders/findings";

const inZone = (zone: string, account = "acme") => ({
  customers: [aCustomer({ account, server: { ...aCustomer().server, zone } })],
});

describe("checkServerZones", () => {
  it("refuses an unknown zone with the nearest one", () => {
    expect(findings(checkServerZones, inZone("europe-west4a"))).toEqual([
      'customer acme/abc server.zone: "europe-west4a" is not a known Google Cloud zone; allowed: those of the ' +
        'catalogue and of catalog.extra.gcpRegions in accounts/defaults.yaml; did you mean "europe-west4-a"?',
    ]);
  });

  it.each(["europe-west4-d", "europe-west4"])("refuses %s with the zones of its region", (zone) => {
    expect(findings(checkServerZones, inZone(zone))).toEqual([
      `customer acme/abc server.zone: "${zone}" is not a known zone of europe-west4; allowed: europe-west4-a, ` +
        "europe-west4-b, europe-west4-c; choose one, or admit it under catalog.extra.gcpRegions in " +
        "accounts/defaults.yaml",
    ]);
  });

  it("refuses a zone where the account has no subnet", () => {
    expect(findings(checkServerZones, inZone("us-west1-b"))).toEqual([
      'customer acme/abc server.zone: "us-west1-b" is in us-west1, which has no subnet in account acme; ' +
        "allowed: europe-west4, us-east1; choose one, or add us-west1 to gcp.network.regions in " +
        "accounts/acme/account.yaml",
    ]);
  });

  it("accepts a zone of the network, and any known zone while the account is broken", () => {
    expect(findings(checkServerZones, inZone("us-east1-d"))).toEqual([]);
    expect(findings(checkServerZones, inZone("us-west1-b", "broken"))).toEqual([]);
  });
});
