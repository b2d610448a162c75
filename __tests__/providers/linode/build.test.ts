import { spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync } from "node:fs";
import { rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { trimSchema } from "../../../providers/linode/trim-schema";
import type { SchemaDocument } from "../../../providers/linode/trim-schema";

const repository = join(__dirname, "../../..");
const original = join(repository, "providers/linode");
const { version } = JSON.parse(readFileSync(join(original, "package.json"), "utf8")) as { version: string };
const schemaFile = `schema/linode-${version}.schema.json`;
const schema = JSON.parse(readFileSync(join(original, schemaFile), "utf8")) as SchemaDocument;

// Each case starts the program. Those that generate and compile take seconds: proofs/linode-build.test.ts.
jest.setTimeout(30_000);

describe("build.mjs", () => {
  let directory: string;
  let workspace: string;

  /** A machine without Terraform and with an empty home. */
  const environment = (): NodeJS.ProcessEnv => ({
    PATH: join(directory, "bin"),
    HOME: join(directory, "home"),
  });
  const build = (): { status: number | null; stdout: string; stderr: string } =>
    spawnSync(process.execPath, ["build.mjs"], { cwd: workspace, env: environment(), encoding: "utf8" });
  const writeSchema = (content: unknown): void =>
    writeFileSync(
      join(workspace, schemaFile),
      typeof content === "string" ? content : JSON.stringify(content),
    );
  const built = (): string[] =>
    readdirSync(join(workspace, "lib"), { withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .map((entry) => entry.name);

  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), "build-linode-"));
    workspace = join(directory, "linode");
    mkdirSync(join(directory, "home"));
    symlinkSync(join(repository, "node_modules"), join(directory, "node_modules"));
    mkdirSync(join(workspace, "schema"), { recursive: true });
    for (const file of ["build.mjs", "package.json"]) cpSync(join(original, file), join(workspace, file));
    writeSchema(trimSchema(schema, ["linode_lock"]));
  });

  afterEach(() => rmSync(directory, { recursive: true }));

  it.each([
    ["a schema that is not JSON", "{", `providers/linode/${schemaFile}: Expected property name`],
    ["a schema without the provider", { provider_schemas: {} }, `${schemaFile}: Could not find provider`],
  ])("explains %s and keeps lib/", (_, content, message) => {
    mkdirSync(join(workspace, "lib/kept"), { recursive: true });
    writeSchema(content);
    const { status, stdout, stderr } = build();
    expect(stderr).toContain(message);
    expect({ status, stdout }).toEqual({ status: 1, stdout: "" });
    expect(built()).toEqual(["kept"]);
    expect(existsSync(join(workspace, "src"))).toBe(false);
  });

  it("names the schema file that the pinned version lacks", () => {
    rmSync(join(workspace, schemaFile));
    expect(build()).toMatchObject({
      status: 1,
      stderr: expect.stringContaining(`${schemaFile}: ENOENT`) as string,
    });
  });

  it("says what is not installed", () => {
    rmSync(join(directory, "node_modules"));
    expect(build()).toMatchObject({
      status: 1,
      stdout: "",
      stderr: expect.stringMatching(
        /@cdktf\/provider-generator\/package.json is not installed .*; run: npm ci\n$/,
      ) as string,
    });
  });
});
