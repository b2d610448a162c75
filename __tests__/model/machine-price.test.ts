import { buildCatalog } from "../../model/catalog";
import { machinePrice } from "../../model/machine-price";
import { PriceList } from "../../model/prices/price-list";

describe("machinePrice", () => {
  const prices = new PriceList(
    buildCatalog({ gcpMachineTypes: { "z9-standard-4": { vcpus: 4, memoryGb: 16 } } }),
  );

  it("is the list price of the region with a public address", () => {
    // 2 x 0.106916 for 4 processors, and 0.005 for the address.
    expect(machinePrice("n2-standard-4", "europe-west4", prices)?.usdPerHour).toBeCloseTo(0.218832, 6);
    expect(machinePrice("n2-standard-8", "us-central1", prices)?.usdPerHour).toBeCloseTo(0.393472, 6);
  });

  it("applies the factor of the family, and says whether anybody checked it", () => {
    const n2d = machinePrice("n2d-standard-4", "us-central1", prices);
    expect(n2d?.usdPerHour).toBeCloseTo(0.97118 * 0.2 * 0.87 + 0.005, 6);
    expect(n2d?.isVerified).toBe(true);
    expect(machinePrice("e2-standard-4", "us-central1", prices)?.isVerified).toBe(false);
  });

  it("carries the date and the source of the table", () => {
    expect(machinePrice("n2-standard-4", "europe-west4", prices)).toMatchObject({
      date: "2025-03-06",
      source: expect.stringContaining("Cloud Billing API"),
    });
  });

  it("knows no price of other memory, of an unknown family and of an unknown region", () => {
    expect(machinePrice("n2-highcpu-4", "europe-west4", prices)).toBeUndefined();
    expect(machinePrice("z9-standard-4", "europe-west4", prices)).toBeUndefined();
    expect(machinePrice("n2-standard-4", "europe-west99", prices)).toBeUndefined();
  });
});
