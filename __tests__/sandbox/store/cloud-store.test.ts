import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { CloudStore } from "../../../sandbox/store/cloud-store";
import { nextPublicAddress } from "../../../sandbox/store/public-address";

const directory = mkdtempSync(join(tmpdir(), "cloud-store-"));
const path = join(directory, "clouds.json");
const opened = (): CloudStore => {
  const store = new CloudStore(path);
  store.sync();
  return store;
};
beforeEach(() => rmSync(path, { force: true }));
afterAll(() => rmSync(directory, { recursive: true }));

describe("CloudStore", () => {
  it("keeps objects and counters for the next run", async () => {
    const store = opened();
    store.put("google", "network", "a", { mtu: 1460 });
    expect([store.next("id"), store.next("id")]).toEqual([0, 1]);
    await store.commit();

    const next = opened();
    expect(next.list("google", "network")).toEqual([["a", { mtu: 1460 }]]);
    expect(next.next("id")).toBe(2);
  });

  it("holds every change in the file once commit resolves, also with many at once", async () => {
    const store = opened();
    await Promise.all(
      Array.from({ length: 50 }, (_, index) => {
        store.put("linode", "instance", String(index), { index });
        return store.commit();
      }),
    );
    expect(opened().list("linode", "instance")).toHaveLength(50);
    expect(statSync(path).mode & 0o777).toBe(0o600);
  });

  it("sees an edit and a deletion of its file", async () => {
    const store = opened();
    store.put("google", "network", "a", { mtu: 1460 });
    await store.commit();
    writeFileSync(path, readFileSync(path, "utf8").replace("1460", "1500"));
    store.sync();
    expect(store.get("google", "network", "a")).toEqual({ mtu: 1500 });
    rmSync(path);
    store.sync();
    expect(store.list("google", "network")).toEqual([]);
  });

  it.each([
    ["broken JSON", "{"],
    ["another document", "[]"],
    ["no objects", '{ "counters": {} }'],
    ["a counter that does not count", '{ "counters": { "a": "1" }, "objects": {} }'],
    ["a cloud of another shape", '{ "counters": {}, "objects": { "google": [] } }'],
    ["a type of another shape", '{ "counters": {}, "objects": { "google": { "network": 1 } } }'],
    [
      "an object of another shape",
      '{ "counters": {}, "objects": { "google": { "network": { "a": null } } } }',
    ],
  ])("refuses %s and says what to do", (_, text) => {
    const store = opened();
    writeFileSync(path, text);
    expect(() => store.sync()).toThrow(
      /clouds\.json cannot be read: .*; correct your edit, or delete the file to start anew/,
    );
  });
});

describe("nextPublicAddress", () => {
  it("gives addresses that nobody has: for documentation, then for benchmarks, none twice", () => {
    const store = opened();
    const addresses = Array.from({ length: 1500 }, () => nextPublicAddress(store));
    expect(new Set(addresses).size).toBe(1500);
    expect([addresses[0], addresses[254], addresses[761], addresses[762], addresses[1018]]).toEqual([
      "203.0.113.1",
      "198.51.100.1",
      "192.0.2.254",
      "198.18.0.0",
      "198.18.1.0",
    ]);
  });
});
