import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Rollout, RolloutFile, stacksWith } from "../../../cli/deploy/rollout-file";

const ROLLOUT: Rollout = {
  version: 1,
  asked: {
    names: ["abc"],
    accounts: [],
    all: false,
    waveSize: 5,
    soakSeconds: 0,
    limit: 10,
  },
  waves: [{ name: "1", stacks: ["customer-abc", "bridges-acme-eu-burst"] }],
  stacks: {
    "customer-abc": { status: "done", sha256: "00" },
    "bridges-acme-eu-burst": { status: "failed", sha256: "11" },
  },
};

const folder = mkdtempSync(join(tmpdir(), "rollout-file-"));
const file = new RolloutFile(join(folder, ".fleet/rollout.json"), { accounts: "accounts", rehearse: false });
afterAll(() => rmSync(folder, { recursive: true }));

describe("RolloutFile", () => {
  it("gives back what was written, until it is removed", () => {
    expect(file.read()).toBeUndefined();
    file.write(ROLLOUT);
    expect(file.read()).toEqual(ROLLOUT);
    expect(stacksWith(file.read()!, "failed")).toEqual(["bridges-acme-eu-burst"]);
    file.remove();
    expect(file.exists).toBe(false);
  });

  it.each([
    ["{", /is not the file of a rollout \(.+\): `npx fleet deploy --forget` removes it\. Then deploy what/],
    ['{ "version": 2 }', /is not the file of a rollout \(.*expected 1\)/],
  ])("says what to do with %s", (text, message) => {
    file.write(ROLLOUT);
    writeFileSync(file.path, text);
    expect(() => file.read()).toThrow(message);
  });
});
