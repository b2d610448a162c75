import { spawnSync } from "node:child_process";
import {
  chmodSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { resourceTypes } from "../../../providers/linode/resource-types";

const original = join(__dirname, "../../../providers/linode");
const { version: pinned } = JSON.parse(readFileSync(join(original, "package.json"), "utf8")) as {
  version: string;
};

// Each case starts a program that starts another.
jest.setTimeout(30_000);

describe("refresh-schema", () => {
  let directory: string;

  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), "refresh-linode-"));
    cpSync(original, join(directory, "linode"), {
      recursive: true,
      filter: (path) => path === original || /(\.ts|package\.json)$/.test(path),
    });
    for (const name of ["linode/schema", "bin", "no-bin", "tmp"]) mkdirSync(join(directory, name));
    const terraform = join(directory, "bin/terraform");
    const script = join(__dirname, "fixtures/terraform.mjs");
    writeFileSync(terraform, `#!/bin/sh\nexec '${process.execPath}' '${script}' "$@"\n`);
    chmodSync(terraform, 0o755);
  });

  afterEach(() => rmSync(directory, { recursive: true }));

  const refresh = (args: string[], bin = "bin"): { status: number | null; stdout: string; stderr: string } =>
    spawnSync(
      process.execPath,
      ["--import", require.resolve("tsx"), join(directory, "linode/refresh-schema.ts"), ...args],
      {
        env: {
          PATH: join(directory, bin),
          TMPDIR: join(directory, "tmp"),
          TF_REATTACH_PROVIDERS: "{}",
          RESOURCE_TYPES: JSON.stringify(resourceTypes),
        },
        encoding: "utf8",
      },
    );
  const written = (): string[] => readdirSync(join(directory, "linode/schema"));

  it("writes the trimmed schema of the wanted version and says how to move the pin", () => {
    const { status, stdout, stderr } = refresh(["3.95.1"]);
    expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
    expect(stdout.replaceAll(pinned, "<pinned>")).toMatchInlineSnapshot(`
      "providers/linode/schema/linode-3.95.1.schema.json: written, 17 resource types
      To move the pin from <pinned> to 3.95.1:
        1. in providers/linode/package.json set "version" to "3.95.1"
        2. git rm providers/linode/schema/linode-<pinned>.schema.json
        3. npm install, which builds the bindings and brings package-lock.json up to date
        4. git grep -nF <pinned>, which shows what else names the old version
        5. npm run synth, npm test, and look at the diff of the schema and of synthesized/
      "
    `);
    const text = readFileSync(join(directory, "linode/schema/linode-3.95.1.schema.json"), "utf8");
    const resource = { block: { attributes: { label: { optional: true, type: "string" } } }, version: 1 };
    expect(JSON.parse(text)).toEqual({
      format_version: "1.0",
      provider_schemas: {
        "registry.terraform.io/linode/linode": {
          provider: resource,
          resource_schemas: Object.fromEntries(resourceTypes.map((type) => [type, resource])),
        },
      },
    });
    expect(readdirSync(join(directory, "tmp"))).not.toContainEqual(expect.stringMatching(/^linode-schema-/));
  });

  it("refreshes the pinned version, for a new resource type, with less to do", () => {
    const { stdout } = refresh([pinned]);
    expect(stdout).toBe(
      `providers/linode/schema/linode-${pinned}.schema.json: written, ${resourceTypes.length} resource types\n` +
        "This version is the pinned one. Next: npm run build --workspace @cdktf/provider-linode, npm test.\n",
    );
    expect(written()).toEqual([`linode-${pinned}.schema.json`]);
  });

  it.each([
    [
      "an unknown version",
      "99.0.0",
      "linode/linode has no version 99.0.0; choose one from https://registry.terraform.io/providers/linode/linode",
    ],
    [
      "an unreachable registry",
      "3.99.0",
      "the Terraform registry cannot be reached; check the network and its proxy, then run this again",
    ],
    [
      "a failing init",
      "3.98.0",
      '"terraform init -input=false -no-color" failed\n\nTerraform says:\nError: Unsupported Terraform Core version',
    ],
    [
      "a provider that does not start",
      "3.97.0",
      '"terraform providers schema -json -no-color" failed\n\nTerraform says:\nError: Failed to load plugin schemas',
    ],
    ["an answer that is not JSON", "3.96.0", '"terraform providers schema -json" did not print JSON: '],
    ["a listed type that vanished", "3.95.0", "the provider has no linode_lock; correct resource-types.ts: "],
    [
      "a version that is a range",
      "~>3.13",
      '"~>3.13" is not one exact version; give a version such as 3.13.0',
    ],
  ])("explains %s and writes nothing", (_, version, message) => {
    const { status, stdout, stderr } = refresh([version]);
    expect(stderr).toContain(`refresh-schema: ${message}`);
    expect(stderr).toMatch(/\nNothing was written\.\n$/);
    expect({ status, stdout }).toEqual({ status: 1, stdout: "" });
    expect(written()).toEqual([]);
    expect(readdirSync(join(directory, "tmp"))).not.toContainEqual(expect.stringMatching(/^linode-schema-/));
  });

  it("asks for a version", () => {
    expect(refresh([])).toMatchObject({
      status: 1,
      stderr: expect.stringContaining("give a version such as") as string,
    });
  });

  it("asks for Terraform when it is not installed", () => {
    const { status, stderr } = refresh(["3.13.0"], "no-bin");
    expect(status).toBe(1);
    expect(stderr).toBe(
      "refresh-schema: terraform is not on the PATH; install Terraform 1.11 or later, then run this again\nNothing was written.\n",
    );
  });
});
