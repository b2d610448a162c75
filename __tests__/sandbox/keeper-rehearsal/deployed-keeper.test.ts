import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { deployedKeeper, poolsWithKeeper } from "../../../sandbox/keeper-rehearsal/deployed-keeper";
import { statePath } from "../../../sandbox/workspace/terraform-state";

const directories: string[] = [];
afterAll(() => directories.forEach((directory) => rmSync(directory, { recursive: true })));

/** A rehearsal of an account with one customer. */
function rehearsal({ deployed = true, program = true } = {}): string {
  const directory = mkdtempSync(join(tmpdir(), "deployed-keeper-"));
  directories.push(directory);
  const write = (path: string, text: string): void => {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
  };
  const pool = { pool: "acme-eu-burst", tags: { account: "acme" } };
  write(
    join(directory, "stacks/customer-abc/files/server/etc/fleet/keeper.json"),
    JSON.stringify({ customer: "abc", pools: [pool] }),
  );
  if (program) write(join(directory, "stacks/account-acme/files/keeper.mjs"), "");
  if (deployed) {
    const resources = [{ mode: "managed", type: "a", name: "b", instances: [{ attributes: {} }] }];
    write(statePath(directory, "customer-abc"), JSON.stringify({ version: 4, resources }));
  }
  return directory;
}

describe("deployedKeeper", () => {
  it("finds what is on the home's server, and the account's program", () => {
    const directory = rehearsal();
    expect(deployedKeeper(directory, "acme-eu-burst")).toMatchObject({
      file: { customer: "abc" },
      pool: { pool: "acme-eu-burst" },
      program: join(directory, "stacks/account-acme/files/keeper.mjs"),
    });
  });

  it("says what to deploy first", () => {
    expect(() => deployedKeeper(rehearsal({ deployed: false }), "acme-eu-burst")).toThrow(
      "Nothing with a keeper is deployed in the rehearsal: run `npm run demo` first.",
    );
    expect(() => deployedKeeper(rehearsal(), "acme-us-burst")).toThrow(
      "No keeper of acme-us-burst is deployed in the rehearsal; there are keepers of acme-eu-burst.",
    );
    expect(() => deployedKeeper(rehearsal({ program: false }), "acme-eu-burst")).toThrow(
      "The account of acme-eu-burst has no program of the keeper: deploy it again.",
    );
  });
});

describe("poolsWithKeeper", () => {
  it("names the pools with a keeper, as a person names them", () => {
    expect(poolsWithKeeper(rehearsal())).toEqual(["acme/eu-burst"]);
    expect(poolsWithKeeper(rehearsal({ deployed: false }))).toEqual([]);
    expect(poolsWithKeeper("/nowhere")).toEqual([]);
  });
});
