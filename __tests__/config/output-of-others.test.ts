import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { outputOfOthers } from "../../config/output-of-others";

const folder = mkdtempSync(join(tmpdir(), "output-of-others-"));
const at = (path: string): string => join(folder, path);
afterAll(() => rmSync(folder, { recursive: true }));

const write = (id: string, text: string): void => {
  mkdirSync(at(`synthesized/stacks/${id}`), { recursive: true });
  writeFileSync(at(`synthesized/stacks/${id}/cdk.tf.json`), text);
};

describe("outputOfOthers", () => {
  beforeEach(() => {
    for (const path of ["synthesized", "accounts", "trial"])
      rmSync(at(path), { recursive: true, force: true });
    for (const path of ["accounts", "trial"]) mkdirSync(at(path));
  });

  it("has nothing against a directory without an output", () => {
    expect(outputOfOthers(at("trial"))).toBeUndefined();
  });

  it("refuses the output of another directory beside, and not one's own", () => {
    write("a-cut-off", "{");
    mkdirSync(at("synthesized/stacks/b-empty"));
    write("customer-abc", JSON.stringify({ "//": { source: "accounts/acme/customers/abc.yaml" } }));
    expect(outputOfOthers(at("accounts"))).toBeUndefined();
    expect(outputOfOthers(at("trial"))).toBe(
      "synthesized/ is of accounts/, and trial/ cannot share it, nor what deploys keep beside it (.fleet/, .rehearsal/): " +
        "give trial/ a directory of its own, such as trial-fleet/trial/",
    );
    expect(outputOfOthers(at("trial"), at("elsewhere"))).toBeUndefined();
  });

  it("leaves its output to a directory that was renamed", () => {
    write("customer-abc", JSON.stringify({ "//": { source: "accounts/acme/customers/abc.yaml" } }));
    rmSync(at("accounts"), { recursive: true });
    expect(outputOfOthers(at("trial"))).toBeUndefined();
  });
});
