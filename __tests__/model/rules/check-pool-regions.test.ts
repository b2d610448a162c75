import { checkPoolRegions } from "../../../model/rules/check-pool-regions";
import { aGcpPool, aLinodePool } from "../../builders/fleet";
import { findings } from "../../builders/findings";

describe("checkPoolRegions", () => {
  it("refuses an unknown region of either cloud", () => {
    const pools = [aGcpPool({ region: "europe-west44" }), aLinodePool({ region: "nl-asm" })];
    expect(findings(checkPoolRegions, { pools })).toEqual([
      'pool acme/eu-burst region: "europe-west44" is not a known Google Cloud region; allowed: those of the ' +
        'catalogue and of catalog.extra.gcpRegions in accounts/defaults.yaml; did you mean "europe-west4"?',
      'pool acme/nl-static region: "nl-asm" is not a known Linode region; allowed: those of the ' +
        'catalogue and of catalog.extra.linodeRegions in accounts/defaults.yaml; did you mean "nl-ams"?',
    ]);
  });

  it("knows a region of the other cloud", () => {
    const pools = [aGcpPool({ region: "nl-ams" }), aLinodePool({ region: "us-east1" })];
    expect(findings(checkPoolRegions, { pools })).toEqual([
      'pool acme/eu-burst region: "nl-ams" is a region of linode, and the pool\'s cloud is gcp; ' +
        "allowed: regions of gcp; choose one, or write cloud: linode",
      'pool acme/nl-static region: "us-east1" is a region of gcp, and the pool\'s cloud is linode; ' +
        "allowed: regions of linode; choose one, or write cloud: gcp",
    ]);
  });

  it("refuses a Google region where the account has no subnet", () => {
    expect(findings(checkPoolRegions, { pools: [aGcpPool({ region: "us-west1" })] })).toEqual([
      'pool acme/eu-burst region: "us-west1" has no subnet in account acme; ' +
        "allowed: europe-west4, us-east1; choose one, or add us-west1 to gcp.network.regions in " +
        "accounts/acme/account.yaml",
    ]);
  });

  it("accepts regions of the network and of Linode", () => {
    const pools = [aGcpPool({ region: "us-east1" }), aLinodePool({ region: "us-ord" })];
    expect(findings(checkPoolRegions, { pools })).toEqual([]);
  });
});
