import data from "../../model/data/egress-prices.json";
import { buildCatalog } from "../../model/catalog";
import { egressPrice } from "../../model/egress-price";

describe("egressPrice", () => {
  it.each([
    ["gcp", "europe-west4", 0.12],
    ["gcp", "asia-south1", 0.12],
    ["gcp", "asia-northeast3", 0.147],
    ["gcp", "asia-southeast2", 0.19],
    ["gcp", "australia-southeast1", 0.19],
    ["gcp", "me-west1", 0.15],
    ["gcp", "me-central2", 0.19],
    ["linode", "nl-ams", 0.005],
    ["linode", "id-cgk", 0.015],
    ["linode", "br-gru", 0.007],
    ["linode", "us-den-1", 0.01], // a distributed site
  ] as const)("of %s %s is %p USD a GB", (cloud, region, usdPerGb) => {
    expect(egressPrice(cloud, region)!.usdPerGb).toBe(usdPerGb);
  });

  it("knows every region of the catalogue", () => {
    const { gcpRegions, linodeRegions } = buildCatalog();
    const unknown = [
      ...[...gcpRegions.keys()].filter((region) => !egressPrice("gcp", region)),
      ...[...linodeRegions.keys()].filter((region) => !egressPrice("linode", region)),
    ];
    expect(unknown).toEqual([]);
  });

  it("is undefined for a region of a part of the world that has no figure", () => {
    expect(egressPrice("gcp", "antarctica-west1")).toBeUndefined();
  });

  it("has a source and a date in every row", () => {
    for (const row of [...data.gcp, ...data.linode, data.linodeDistributed]) {
      expect(row.source).not.toBe("");
      expect(row.date).toMatch(/^20\d\d-\d\d/);
    }
  });
});
