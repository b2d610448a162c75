import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { generateAccounts } from "../../bench/generate-accounts";
import { loadFleet } from "../../config/load-fleet";

describe("generateAccounts", () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "fleet-generate-"));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  it("makes a fleet that every rule accepts, with a server and a pool on each cloud per customer", () => {
    generateAccounts(join(folder, "accounts"), 210);
    const loaded = loadFleet(join(folder, "accounts"));
    if (!loaded.ok) throw new Error(JSON.stringify(loaded.problems[0]));
    const { accounts, customers, pools } = loaded.fleet;
    expect(loaded.warnings).toEqual([]);
    expect([accounts.length, customers.length, pools.length]).toEqual([3, 210, 420]);
  });

  it("writes the same bytes for the same number", () => {
    for (const name of ["a", "b"]) generateAccounts(join(folder, name), 3);
    const contents = ["a", "b"].map((name) =>
      readdirSync(join(folder, name), { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map((entry) => [entry.name, readFileSync(join(entry.parentPath, entry.name), "utf8")])
        .sort(),
    );
    expect(contents[0]).toHaveLength(11);
    expect(contents[0]).toEqual(contents[1]);
  });
});
