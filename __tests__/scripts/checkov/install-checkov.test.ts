import { readFileSync } from "node:fs";
import { join } from "node:path";
import { CHECKOV_VERSION } from "../../../scripts/checkov/install-checkov";

describe("what Checkov brings", () => {
  const text = readFileSync(join(__dirname, "../../../scripts/checkov/requirements.txt"), "utf8");

  it("is named exactly, each file by its hash", () => {
    const packages = text.replace(/^#.*\n/gm, "").split(/\n(?=\S)/);
    expect(packages.length).toBeGreaterThan(50);
    for (const each of packages) {
      expect(each).toMatch(
        /^[a-z0-9-]+(?:\[[a-z]+\])?==[\w.]+(?: ; [^\n]+)? \\\n {4}--hash=sha256:[0-9a-f]{64}/,
      );
    }
  });

  it("has the version that is said", () =>
    expect(text).toMatch(new RegExp(`^checkov==${CHECKOV_VERSION} `, "m")));
});
