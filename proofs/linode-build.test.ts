import { spawn, spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync } from "node:fs";
import { rmSync, statSync, symlinkSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { providerAddress, trimSchema } from "../providers/linode/trim-schema";
import type { SchemaDocument } from "../providers/linode/trim-schema";

const repository = join(__dirname, "..");
const original = join(repository, "providers/linode");
const { version } = JSON.parse(readFileSync(join(original, "package.json"), "utf8")) as { version: string };
const schemaFile = `schema/linode-${version}.schema.json`;
const schema = JSON.parse(readFileSync(join(original, schemaFile), "utf8")) as SchemaDocument;

// Generating and compiling takes seconds, also for one small resource type. Cases that end before: __tests__/providers/linode.
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

  it("builds without Terraform, then has nothing to do until the schema changes", () => {
    const first = build();
    expect(first).toMatchObject({ status: 0, stderr: "" });
    expect(first.stdout).toMatch(/^linode\/linode \S+: bindings built in \d+\.\d s\n$/);
    expect(readdirSync(join(workspace, "lib/lock"))).toEqual(["index.d.ts", "index.js"]);
    expect(readdirSync(join(directory, "home"))).toEqual([]); // where cdktf would keep the id for its telemetry
    expect(readdirSync(workspace).sort()).toEqual(["build.mjs", "lib", "package.json", "schema"]);

    const before = statSync(join(workspace, "lib"), { bigint: true });
    expect(build()).toMatchObject({
      status: 0,
      stdout: `linode/linode ${version}: bindings are up to date\n`,
      stderr: "",
    });
    expect(statSync(join(workspace, "lib"), { bigint: true })).toEqual(before);

    writeSchema(trimSchema(schema, ["linode_rdns"]));
    expect(build().stdout).toContain("built in");
    expect(built()).toEqual(["provider", "rdns"]);
  });

  it("leaves lib/ whole when it is killed, and removes what killed builds left behind", async () => {
    const old = join(workspace, "src/run-old/src");
    mkdirSync(old, { recursive: true });
    utimesSync(join(workspace, "src/run-old"), 0, 0);
    build();
    expect(existsSync(old)).toBe(false);

    writeSchema(trimSchema(schema, ["linode_rdns"]));
    const killed = spawn(process.execPath, ["build.mjs"], {
      cwd: workspace,
      env: environment(),
      stdio: "ignore",
    });
    const ended = new Promise((resolve) => killed.once("exit", resolve));
    const working = (): boolean =>
      existsSync(join(workspace, "src")) && readdirSync(join(workspace, "src")).length > 0;
    while (!working() && killed.exitCode === null) await new Promise((resolve) => setTimeout(resolve, 5));
    killed.kill("SIGKILL");
    await ended;
    expect(killed.signalCode).toBe("SIGKILL");
    expect(built()).toEqual(["lock", "provider"]);
    expect(readdirSync(join(workspace, "src"))).toHaveLength(1);

    expect(build()).toMatchObject({ status: 0, stderr: "" });
    expect(built()).toEqual(["provider", "rdns"]);
  });

  const resource = (attributes: object): SchemaDocument => ({
    format_version: "1.0",
    provider_schemas: {
      [providerAddress]: {
        provider: { version: 0, block: {} },
        resource_schemas: { linode_odd: { version: 0, block: { attributes } } },
      },
    },
  });

  it.each([
    [
      "a type unknown to the generator",
      resource({ size: { type: "int" } }),
      `${schemaFile}: invalid primitive type int;`,
    ],
    [
      "bindings that do not compile",
      resource({ add_override: { type: "string", optional: true } }),
      "bindings do not compile (errors: 3, shown: 3):\nodd/index.ts",
    ],
  ])("explains %s and keeps lib/", (_, content, message) => {
    mkdirSync(join(workspace, "lib/kept"), { recursive: true });
    writeSchema(content);
    const { status, stdout, stderr } = build();
    expect(stderr).toContain(message);
    expect({ status, stdout }).toEqual({ status: 1, stdout: "" });
    expect(built()).toEqual(["kept"]);
    expect(existsSync(join(workspace, "src"))).toBe(false);
  });
});
