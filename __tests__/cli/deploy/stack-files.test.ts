import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { differingFiles, stackFiles, stackHash } from "../../../cli/deploy/stack-files";

const folder = mkdtempSync(join(tmpdir(), "stack-files-"));
afterAll(() => rmSync(folder, { recursive: true }));

const write = (stack: string, files: Readonly<Record<string, string>>): string => {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, stack, path)), { recursive: true });
    writeFileSync(join(folder, stack, path), text);
  }
  return join(folder, stack);
};
const SYNTHESIZED = { "cdk.tf.json": "{}", "files/etc/a.conf": "a", "terragrunt.hcl": "" };

describe("the files of a stack", () => {
  const fresh = write("fresh", SYNTHESIZED);
  const used = write("used", {
    ...SYNTHESIZED,
    ".terraform/providers/x": "x",
    ".terraform.lock.hcl": "x",
    "terraform.tfstate.backup": "x",
    "local_override.tf.json": "{}",
    plan: "x",
  });

  it("are without what Terraform keeps beside them", () => {
    expect([...stackFiles(used).keys()]).toEqual(Object.keys(SYNTHESIZED));
    expect(differingFiles(fresh, used)).toEqual([]);
    expect(stackHash(used)).toBe(stackHash(fresh));
  });

  it("differ when one is new, gone or changed, wherever it lies", () => {
    const other = write("other", { "cdk.tf.json": "{}", "files/etc/a.conf": "b", "files/plan": "x" });
    expect(differingFiles(fresh, other)).toEqual(["files/etc/a.conf", "files/plan", "terragrunt.hcl"]);
    expect(stackHash(other)).not.toBe(stackHash(fresh));
    expect(differingFiles(fresh, join(folder, "nowhere"))).toEqual(Object.keys(SYNTHESIZED));
  });
});
