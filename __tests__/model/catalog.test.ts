import { buildCatalog, regionOfZone } from "../../model/catalog";

describe("buildCatalog", () => {
  const catalog = buildCatalog();

  it("knows the regions, zones and continents of Google Cloud", () => {
    expect(catalog.gcpRegions.get("europe-west1")).toEqual({
      zones: ["europe-west1-b", "europe-west1-c", "europe-west1-d"],
      continent: "europe",
    });
    expect(catalog.gcpRegions.get("me-west1")?.continent).toBe("middle-east");
    expect(catalog.gcpRegions.get("australia-southeast1")?.continent).toBe("oceania");
  });

  it("gives every zone the name of its region", () => {
    for (const [region, { zones }] of catalog.gcpRegions) {
      expect(zones.map(regionOfZone)).toEqual(zones.map(() => region));
    }
  });

  it("knows where Linode has placement groups", () => {
    expect(catalog.linodeRegions.get("nl-ams")).toEqual({ continent: "europe", placementGroupLimit: 5 });
    expect(catalog.linodeRegions.get("de-ber-1")).toEqual({ continent: "europe", placementGroupLimit: 0 });
  });

  it("knows processors and memory of both clouds", () => {
    expect(catalog.gcpMachineTypes.get("n2-standard-4")).toEqual({ vcpus: 4, memoryGb: 16 });
    expect(catalog.linodeTypes.get("g6-dedicated-4")).toEqual({ vcpus: 4, memoryGb: 8 });
  });

  it("is widened by catalog.extra, which wins over the shipped list", () => {
    const extra = buildCatalog({
      gcpRegions: { "europe-north3": { zones: ["europe-north3-a"], continent: "europe" } },
      gcpMachineTypes: { "n2-standard-4": { vcpus: 4, memoryGb: 17 } },
      linodeRegions: { "pl-waw": { continent: "europe", placementGroupLimit: 10 } },
      linodeTypes: { "g8-dedicated-4": { vcpus: 4, memoryGb: 8 } },
    });
    expect(extra.gcpRegions.get("europe-north3")?.zones).toEqual(["europe-north3-a"]);
    expect(extra.gcpMachineTypes.get("n2-standard-4")).toEqual({ vcpus: 4, memoryGb: 17 });
    expect(extra.linodeRegions.get("pl-waw")?.placementGroupLimit).toBe(10);
    expect(extra.linodeTypes.get("g8-dedicated-4")).toEqual({ vcpus: 4, memoryGb: 8 });
    expect(extra.gcpRegions.size).toBe(catalog.gcpRegions.size + 1);
  });
});

describe("regionOfZone", () => {
  it("cuts the zone's letter", () => {
    expect(regionOfZone("europe-west10-a")).toBe("europe-west10");
    expect(regionOfZone("europe-west10")).toBe("europe-west10");
  });
});
