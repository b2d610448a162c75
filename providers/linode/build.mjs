// Generates the cdktf bindings of the pinned schema and compiles them to lib/<resource>/index.js and index.d.ts,
// the layout of every prebuilt provider. It runs at each install (the root `prepare` script), so it needs neither
// network nor Terraform, and does nothing when lib/ is already what it would build.

import { createHash } from "node:crypto";
import * as fs from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const require = createRequire(import.meta.url);
const workspace = fileURLToPath(new URL(".", import.meta.url));
const lib = join(workspace, "lib");
const scratch = join(workspace, "src");
const provider = { name: "linode", source: "linode/linode" };
const address = `registry.terraform.io/${provider.source}`;

/** Says all there is to say; any other error is a bug of this script and shows its stack. */
class BuildError extends Error {}

async function main() {
  const started = performance.now();
  const { version } = JSON.parse(fs.readFileSync(join(workspace, "package.json"), "utf8"));
  const schema = readSchema(version);
  const stamp = stampOf(version, schema);
  if (readStamp() === stamp) return `${provider.source} ${version}: bindings are up to date`;

  removeLeftovers();
  fs.mkdirSync(scratch, { recursive: true });
  const run = fs.mkdtempSync(join(scratch, "run-"));
  try {
    const sources = await generate(schema, version, join(run, "src"));
    compile(sources, join(run, "lib"));
    fs.writeFileSync(join(run, "lib", "stamp"), stamp);
    // lib/ is replaced as a whole and the stamp travels in it: wherever this stops, lib/ is complete or absent.
    if (fs.existsSync(lib)) fs.renameSync(lib, join(run, "replaced"));
    fs.renameSync(join(run, "lib"), lib);
  } finally {
    fs.rmSync(run, { recursive: true });
    if (fs.readdirSync(scratch).length === 0) fs.rmdirSync(scratch);
  }
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  return `${provider.source} ${version}: bindings built in ${seconds} s`;
}

function readSchema(version) {
  try {
    return JSON.parse(fs.readFileSync(join(workspace, schemaFile(version)), "utf8"));
  } catch (error) {
    throw unusableSchema(version, error);
  }
}

const schemaFile = (version) => `schema/linode-${version}.schema.json`;

const unusableSchema = (version, { message }) =>
  new BuildError(
    `providers/linode/${schemaFile(version)}: ${message}; it must hold the schema of ${version}, which package.json ` +
      `pins; restore it from git or run: npm run refresh-schema --workspace @cdktf/provider-linode -- ${version}`,
  );

/** A hash of everything that decides what lib/ holds. */
function stampOf(version, schema) {
  const versions = ["@cdktf/provider-generator", "typescript"].map(
    (name) => load(`${name}/package.json`).version,
  );
  const script = fs.readFileSync(fileURLToPath(import.meta.url), "utf8");
  return createHash("sha256")
    .update(JSON.stringify([version, schema, versions, script]))
    .digest("hex");
}

function readStamp() {
  const file = join(lib, "stamp");
  return fs.existsSync(file) ? fs.readFileSync(file, "utf8") : undefined;
}

/** What killed builds left behind; younger directories may belong to a build that runs now. */
function removeLeftovers() {
  const hourAgo = Date.now() - 3_600_000;
  for (const entry of fs.existsSync(scratch) ? fs.readdirSync(scratch) : []) {
    const directory = join(scratch, entry);
    if (fs.statSync(directory).mtimeMs < hourAgo) fs.rmSync(directory, { recursive: true, force: true });
  }
}

/** Writes the TypeScript sources below `directory` and returns the folder that holds one folder per resource. */
async function generate(schema, version, directory) {
  // Loading the generator runs `terraform version`, logs what it prints and reports to HashiCorp when it fails.
  // A name that cannot exist makes it run nothing, and the check is switched off so that it reports nothing.
  process.env.TERRAFORM_BINARY_NAME = join(workspace, "no-terraform-needed");
  process.env.CHECKPOINT_DISABLE = "1";
  const { CodeMaker, TerraformProviderGenerator } = load("@cdktf/provider-generator");
  const { ConstructsMakerTarget, Language, TerraformProviderConstraint } = load("@cdktf/commons");
  const maker = new CodeMaker();
  const generator = new TerraformProviderGenerator(maker, {
    ...schema,
    provider_versions: { [address]: version },
  });
  const constraint = new TerraformProviderConstraint({ ...provider, version });
  try {
    generator.generate(ConstructsMakerTarget.from(constraint, Language.TYPESCRIPT));
  } catch (error) {
    throw unusableSchema(version, error);
  }
  await maker.save(directory);
  return join(directory, "providers", provider.name);
}

/** Compiles index.ts of `sources`, and so every resource that it exports, to CommonJS and declarations. */
function compile(sources, outDir) {
  const ts = load("typescript");
  const program = ts.createProgram([join(sources, "index.ts")], {
    rootDir: sources,
    outDir,
    target: ts.ScriptTarget.ES2022,
    module: ts.ModuleKind.Node16,
    // As in the prebuilt providers: a plain require of cdktf, and class fields that do not reset what super() set.
    esModuleInterop: false,
    useDefineForClassFields: false,
    declaration: true,
    strict: true,
    skipLibCheck: true,
    noEmitOnError: true,
    types: [],
  });
  const { diagnostics } = program.emit();
  if (diagnostics.length > 0) {
    const shown = diagnostics.slice(0, 5);
    const host = {
      getCanonicalFileName: (name) => name,
      getCurrentDirectory: () => sources,
      getNewLine: () => "\n",
    };
    throw new BuildError(
      `the generated bindings do not compile (errors: ${diagnostics.length}, shown: ${shown.length}):\n` +
        `${ts.formatDiagnostics(shown, host)}lib/ was left as it was. Is the schema complete, and does package.json ` +
        "ask for versions of cdktf, its generator and TypeScript that fit together?",
    );
  }
}

function load(name) {
  try {
    return require(name);
  } catch (error) {
    if (error.code !== "MODULE_NOT_FOUND") throw error;
    const [reason] = error.message.split("\n");
    throw new BuildError(`providers/linode: ${name} is not installed (${reason}); run: npm ci`);
  }
}

try {
  console.log(await main());
} catch (error) {
  if (!(error instanceof BuildError)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}
