/**
 * Writes the committed schemas of the offline providers anew, for whoever moves a pin.
 *
 *   node --import tsx sandbox/data/refresh.ts                     asks the registry, through `terraform init`
 *   node --import tsx sandbox/data/refresh.ts <schema.json>...    reads answers of `terraform providers schema -json`
 *
 * The behaviour tables are kept by hand; `__tests__/sandbox/data.test.ts` refuses a path that the schema lacks.
 */
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { renderJson } from "../../providers/linode/render-json";
import { providerVersions, resourceTypes } from "./resource-types";

interface Schema {
  readonly provider: unknown;
  readonly resource_schemas: Readonly<Record<string, unknown>>;
  readonly ephemeral_resource_schemas?: Readonly<Record<string, unknown>>;
}
interface SchemaDocument {
  readonly format_version: string;
  readonly provider_schemas: Readonly<Record<string, Schema>>;
}

const documents =
  process.argv.length > 2 ? process.argv.slice(2).map((path) => readFileSync(path, "utf8")) : [ask()];
const schemas = Object.assign(
  {},
  ...documents.map((text) => (JSON.parse(text) as SchemaDocument).provider_schemas),
) as Readonly<Record<string, Schema>>;

for (const [provider, types] of Object.entries(resourceTypes)) {
  const address = `registry.terraform.io/hashicorp/${provider}`;
  const schema = schemas[address];
  if (!schema) throw new Error(`no schema of ${address} was given`);
  const missing = types.filter((type) => !(type in schema.resource_schemas));
  if (missing.length > 0)
    throw new Error(`${address} has no ${missing.join(", ")}; correct resource-types.ts`);
  const version = providerVersions[provider as keyof typeof providerVersions];
  const trimmed = {
    format_version: "1.0",
    provider_schemas: {
      [address]: {
        provider: schema.provider,
        resource_schemas: Object.fromEntries(types.map((type) => [type, schema.resource_schemas[type]])),
        // The ephemeral resources of Google ask its API for tokens: an offline provider has none to give.
        ephemeral_resource_schemas: provider.startsWith("google")
          ? {}
          : (schema.ephemeral_resource_schemas ?? {}),
      },
    },
  };
  writeFileSync(
    join(__dirname, `${provider}-${version}.schema.json`),
    renderJson(withoutDescriptions(trimmed)),
  );
}

function ask(): string {
  const directory = mkdtempSync(join(tmpdir(), "provider-schemas-"));
  try {
    const required = Object.keys(resourceTypes).map((name) => [
      name,
      { source: `hashicorp/${name}`, version: providerVersions[name as keyof typeof providerVersions] },
    ]);
    const configuration = { terraform: { required_providers: Object.fromEntries(required) } };
    writeFileSync(join(directory, "main.tf.json"), JSON.stringify(configuration));
    execFileSync("terraform", ["init", "-input=false"], { cwd: directory, stdio: "inherit" });
    const options = { cwd: directory, encoding: "utf8", maxBuffer: 1 << 30 } as const;
    return execFileSync("terraform", ["providers", "schema", "-json"], options);
  } finally {
    rmSync(directory, { recursive: true });
  }
}

/** Leaves out descriptions, but not attributes of that name: those are objects. */
function withoutDescriptions(value: unknown): unknown {
  // The only lists are types, and in an object type "description" is the name of an attribute.
  if (typeof value !== "object" || value === null || Array.isArray(value)) return value;
  const kept = Object.entries(value).filter(
    ([key, entry]) => typeof entry === "object" || (key !== "description" && key !== "description_kind"),
  );
  return Object.fromEntries(kept.map(([key, entry]) => [key, withoutDescriptions(entry)]));
}
