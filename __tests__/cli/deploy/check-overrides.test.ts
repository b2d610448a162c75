import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { checkOverrides } from "../../../cli/deploy/check-overrides";

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "check-overrides-"));
  mkdirSync(join(root, "stacks/customer-abc/.terraform"), { recursive: true });
  for (const name of ["cdk.tf.json", ".terraform.lock.hcl", "terraform.tfstate", "plan"]) write(name, "{}");
});
afterEach(() => rmSync(root, { recursive: true }));

const write = (name: string, text: string): void =>
  writeFileSync(join(root, "stacks/customer-abc", name), text);
const check = (): string[] => checkOverrides(["account-new", "customer-abc"], root);

describe("checkOverrides", () => {
  it("has nothing to say about what Terraform leaves there", () => {
    expect(check()).toEqual([]);
  });

  it("names a file that leads a state elsewhere", () => {
    write("local_override.tf.json", '{ "terraform": { "backend": { "local": { "path": "x" } } } }');
    expect(check()).toEqual([
      "synthesized/stacks/customer-abc/local_override.tf.json leads the state elsewhere than the data say.",
    ]);
  });

  it.each([
    [
      "a_override.tf.json",
      '{ "resource": {}, "terraform": { "backend": { "local": {} } } }',
      "has resources, too",
    ],
    [
      "b_override.tf.json",
      '{ "terraform": { "required_providers": {}, "backend": {} } }',
      "has providers, too",
    ],
    ["c_override.tf.json", "{}", "does not override a backend"],
    ["d_override.tf.json", "[", "is no JSON"],
    [
      "terraform.tfstate.tf.json",
      '{ "resource": {} }',
      "is called as if it were a state, and is configuration",
    ],
    ["terraform.tfstate.auto.tfvars", "ssh_timeout = 1", "has values of variables"],
  ])("refuses %s that contains %s, because it %s", (name, text) => {
    write(name, text);
    expect(check).toThrow(
      `Terraform would also read what nobody has reviewed:\n\n  synthesized/stacks/customer-abc/${name}\n`,
    );
  });
});
