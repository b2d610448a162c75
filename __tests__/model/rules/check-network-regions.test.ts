import { buildCatalog } from "../../../model/catalog";
import { checkNetworkRegions } from "../../../model/rules/check-network-regions";
import { anAccount } from "../../builders/fleet";
import { findings } from "../../builders/findings";

const withRegion = (region: string) => ({
  accounts: [
    anAccount({ gcp: { project: "acme-meet-prod", network: { regions: { [region]: "10.20.0.0/20" } } } }),
  ],
});

describe("checkNetworkRegions", () => {
  it("refuses an unknown region with the nearest one", () => {
    expect(findings(checkNetworkRegions, withRegion("europe-wset4"))).toEqual([
      'account acme gcp.network.regions.europe-wset4: "europe-wset4" is not a known Google Cloud region; ' +
        "allowed: those of the catalogue and of catalog.extra.gcpRegions in accounts/defaults.yaml; " +
        'did you mean "europe-west4"?',
    ]);
  });

  it("names a usual region when none is near", () => {
    expect(findings(checkNetworkRegions, withRegion("mars"))).toEqual([
      'account acme gcp.network.regions.mars: "mars" is not a known Google Cloud region; ' +
        "allowed: those of the catalogue and of catalog.extra.gcpRegions in accounts/defaults.yaml; " +
        'a usual one is "europe-west4"',
    ]);
  });

  it("accepts a region that catalog.extra admits", () => {
    const catalog = buildCatalog({
      gcpRegions: { "mars-north1": { zones: ["mars-north1-a"], continent: "asia" } },
    });
    expect(findings(checkNetworkRegions, { ...withRegion("mars-north1"), catalog })).toEqual([]);
  });
});
