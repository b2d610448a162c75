import data from "../../../model/data/prices.json";
import { buildCatalog } from "../../../model/catalog";
import { costOfAmount, isKnown, unknownPriceText, type Price } from "../../../model/prices/price";
import { linodeQuota, linodeTransferGb } from "../../../model/prices/shipped-prices";
import { PriceList } from "../../../model/prices/price-list";

const catalog = buildCatalog({ gcpMachineTypes: { "z9-standard-4": { vcpus: 4, memoryGb: 16 } } });
const prices = new PriceList(catalog);
const usdOf = (answer: ReturnType<PriceList["gcpAddress"]>) => (isKnown(answer) ? answer.usd : undefined);

describe("PriceList", () => {
  it("knows machines, disks, snapshots and addresses of a region", () => {
    expect(usdOf(prices.gcpMachine("n2-standard-4", "europe-west4"))).toBeCloseTo(0.213832, 6); // 2 x 0.106916
    expect(usdOf(prices.gcpDisk("pd-balanced", "europe-west4"))).toBe(0.11);
    expect(usdOf(prices.gcpDisk("pd-ssd", "us-east1"))).toBe(0.17);
    expect(usdOf(prices.gcpSnapshot("europe-west4"))).toBe(0.053);
    expect(usdOf(prices.gcpAddress("us-east1"))).toBe(0.005);
    expect(usdOf(prices.linodeMachine("g6-dedicated-4", "nl-ams"))).toBe(72);
    expect(usdOf(prices.linodeMachine("g6-dedicated-4", "br-gru"))).toBe(100.8);
  });

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
  ] as const)("has traffic out of %s %s for %p USD a GB", (cloud, region, usd) => {
    expect(usdOf(prices.egress(cloud, region))).toBe(usd);
  });

  it("knows the egress of every region of the catalogue", () => {
    const { gcpRegions, linodeRegions } = buildCatalog();
    expect([
      ...[...gcpRegions.keys()].filter((region) => !isKnown(prices.egress("gcp", region))),
      ...[...linodeRegions.keys()].filter((region) => !isKnown(prices.egress("linode", region))),
    ]).toEqual([]);
  });

  it("counts traffic step by step", () => {
    // 1000 GB x 0.12 + 9000 GB x 0.11 + 2000 GB x 0.085
    expect(costOfAmount(prices.egress("gcp", "europe-west4") as Price, 12_000)).toBeCloseTo(1280, 6);
    expect(costOfAmount(prices.egress("gcp", "europe-west4") as Price, 500)).toBeCloseTo(60, 6);
  });

  it("knows what relays at Google cost, and says what is a guess", () => {
    expect(prices.gcpRelay("europe-west4", "europe-west4")).toMatchObject({ usd: 0.01, basis: "list" });
    expect(prices.gcpRelay("us-east1", "us-west1")).toMatchObject({ usd: 0.02, basis: "derived" });
    expect(prices.gcpRelay("us-east1", "europe-west4")).toMatchObject({ usd: 0.05, basis: "guess" });
    expect(isKnown(prices.gcpRelay("asia-east1", "europe-west4"))).toBe(false);
  });

  it("knows what Linode counts in the account's quota, and what apart", () => {
    expect(["nl-ams", "us-ord", "id-cgk", "br-gru", "us-den-1"].map(linodeQuota)).toEqual([
      ...["global", "global", "id-cgk", "br-gru", "us-den-1"],
    ]);
    expect(linodeTransferGb("g6-dedicated-4", "nl-ams")).toBe(5000);
    expect(linodeTransferGb("g6-dedicated-4", "us-den-1")).toBeUndefined();
  });

  it("says that it knows no price, never zero", () => {
    const unknown = [
      prices.gcpMachine("z9-standard-4", "europe-west4"),
      prices.gcpMachine("n2-highmem-4", "europe-west4"),
      prices.gcpMachine("n2-standard-4", "mars-west1"),
      prices.gcpDisk("pd-extreme", "europe-west4"),
      prices.gcpDisk("source", "europe-west4"), // a word of the file, and no type of disk
      prices.linodeMachine("g6-dedicated-4", "us-den-1"), // distributed sites have prices of their own
      prices.egress("linode", "mars-1"),
    ];
    expect(unknown.filter(isKnown)).toEqual([]);
    expect(unknownPriceText(unknown[0]!)).toBe(
      "no price known for gcp/machine/z9-standard-4/europe-west4 (USD an hour); add it under prices in " +
        "accounts/defaults.yaml",
    );
  });

  it("takes one's own before the table, the longest name first", () => {
    const own = new PriceList(catalog, {
      source: "contract",
      date: "2026-07-01",
      usd: { "gcp/machine/z9-standard-4": 0.3, "gcp/egress": 0.05, "gcp/egress/us-east1": 0.04 },
    });
    expect(own.gcpMachine("z9-standard-4", "europe-west4")).toEqual({
      id: "gcp/machine/z9-standard-4/europe-west4",
      usd: 0.3,
      per: "hour",
      source: "contract",
      date: "2026-07-01",
      basis: "own",
    });
    // One's own has no steps: 2000 GB are 2000 times the price.
    expect(costOfAmount(own.egress("gcp", "europe-west4") as Price, 2000)).toBeCloseTo(100, 6);
    expect(usdOf(own.egress("gcp", "us-east1"))).toBe(0.04);
    expect(usdOf(own.egress("linode", "nl-ams"))).toBe(0.005);
  });

  it("has a source and a date in every part of the table", () => {
    const { gcp, linode } = data;
    const parts = [
      ...[gcp.machines, ...Object.values(gcp.families), gcp.disksPerGbMonth, gcp.snapshotsPerGbMonth],
      ...[gcp.addressPerHour, gcp.monitoringPerMib, gcp.egressPerGb, ...gcp.relayPerGb],
      ...[linode.machines, linode.egressPerGb],
    ];
    for (const { source, date } of parts) {
      expect(source).not.toBe("");
      expect(date).toMatch(/^20\d\d/);
    }
  });
});
