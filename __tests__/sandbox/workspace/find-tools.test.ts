import { chmodSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { checkNode, checkTerraform, findTools } from "../../../sandbox/workspace/find-tools";

describe("checkTerraform", () => {
  it.each(["1.11.0", "1.11.4", "1.12.0-beta1", "2.0.0"])("accepts %s", (version) => {
    expect(() => checkTerraform("terraform", version)).not.toThrow();
  });

  it.each([
    [undefined, "`terraform` was not found on the PATH"],
    ["1.10.5", "`terraform` is 1.10.5"],
    ["0.15.5", "`terraform` is 0.15.5"],
  ])("says what to install instead of %s", (version, found) => {
    expect(() => checkTerraform("terraform", version)).toThrow(
      `Terraform 1.11.0 or newer is needed, but ${found}: install it from https://developer.hashicorp.com/terraform/install.`,
    );
  });
});

describe("checkNode", () => {
  it("says what to install instead of an old Node", () => {
    expect(() => checkNode("20.9.0")).not.toThrow();
    expect(() => checkNode("18.19.1")).toThrow(
      "Node 20.9.0 or newer is needed, this is 18.19.1: install it from https://nodejs.org.",
    );
  });
});

describe("findTools", () => {
  it("tells a program that does not know its version from one that is not there", async () => {
    const directory = mkdtempSync(join(tmpdir(), "find-tools-"));
    const program = join(directory, "terraform");
    writeFileSync(program, "#!/bin/sh\necho 'no version is set' >&2\nexit 126\n");
    chmodSync(program, 0o755);
    try {
      await expect(findTools(".", { TERRAFORM_BINARY_NAME: program })).rejects.toThrow(
        "did not tell a version (exit code 126, no version is set): TERRAFORM_BINARY_NAME or the PATH must lead to Terraform.",
      );
    } finally {
      rmSync(directory, { recursive: true });
    }
  });
});
