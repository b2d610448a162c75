import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { plainOf } from "../../config/yaml-node";
import { renderJsonSchemas } from "../../scripts/json-schemas";
import { accountFiles } from "../builders/account-files";
import { yamlMap } from "../builders/yaml-map";

interface JsonSchema {
  readonly title?: string;
  readonly description?: string;
  readonly default?: unknown;
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly additionalProperties?: boolean | JsonSchema;
  readonly required?: readonly string[];
  readonly oneOf?: readonly JsonSchema[];
}

/** Which schema is for which place. */
const SCHEMAS = [
  [/\/customers\//, "customer.schema.json"],
  [/\/pools\//, "pool.schema.json"],
  [/account\.yaml$/, "account.schema.json"],
  [/defaults\.yaml$/, "defaults.schema.json"],
] as const;

const DIRECTORY = join(__dirname, "..", "..", "schemas");
const rendered = renderJsonSchemas();
const schemas = [...rendered].map(([file, text]) => [file, JSON.parse(text) as JsonSchema] as const);
const schemaOf = (file: string): JsonSchema => schemas.find(([name]) => name === file)![1];

/** Every map with fixed keys in a schema, with its path. */
function mapsIn(schema: JsonSchema, path: string): { path: string; map: JsonSchema }[] {
  const { properties, additionalProperties, oneOf } = schema;
  return [
    ...(properties ? [{ path, map: schema }] : []),
    ...Object.entries(properties ?? {}).flatMap(([key, child]) => mapsIn(child, `${path}.${key}`)),
    ...(typeof additionalProperties === "object" ? mapsIn(additionalProperties, `${path}.*`) : []),
    ...(oneOf ?? []).flatMap((child, index) => mapsIn(child, `${path}|${index}`)),
  ];
}

const maps = schemas.flatMap(([file, schema]) => mapsIn(schema, file));

describe("schemas/", () => {
  it("is fresh", () => {
    const written = readdirSync(DIRECTORY).sort();
    const stale = [...rendered].filter(
      ([file, text]) => !written.includes(file) || readFileSync(join(DIRECTORY, file), "utf8") !== text,
    );
    const extra = written.filter((file) => !rendered.has(file));
    if (stale.length + extra.length > 0) {
      const files = [...stale.map(([file]) => file), ...extra].join(", ");
      throw new Error(`${files} in schemas/ differ from the model; run npm run schemas`);
    }
  });
});

describe("renderJsonSchemas", () => {
  it("gives each file a title and a description", () =>
    expect(schemas.filter(([, { title, description }]) => !title || !description)).toEqual([]));

  it("describes every field of every file", () => {
    const fields = maps.flatMap(({ path, map }) =>
      Object.entries(map.properties ?? {}).map(([key, field]) => [`${path}.${key}`, field] as const),
    );
    expect(fields.length).toBeGreaterThan(150);
    expect(fields.filter(([, { description }]) => !description).map(([path]) => path)).toEqual([]);
  });

  it("leaves no map with fixed keys open", () =>
    expect(maps.filter(({ map }) => map.additionalProperties !== false).map(({ path }) => path)).toEqual([]));

  it("requires only what a file must say itself, because layers may say the rest", () =>
    expect(
      maps.flatMap(({ path, map }) => (map.required ? [`${path}: ${map.required.join(" ")}`] : [])),
    ).toEqual([
      "defaults.schema.json.catalog.extra.gcpRegions.*: zones continent",
      "defaults.schema.json.catalog.extra.gcpMachineTypes.*: vcpus memoryGb",
      "defaults.schema.json.catalog.extra.linodeRegions.*: continent",
      "defaults.schema.json.catalog.extra.linodeTypes.*: vcpus memoryGb",
      "defaults.schema.json.prices: source date usd",
      "account.schema.json: state operators",
      "pool.schema.json|0: cloud region serves",
      "pool.schema.json|1: cloud region serves",
    ]));

  it("shows the default of each field that has one", () => {
    const { size, machineType } = schemaOf("pool.schema.json").oneOf![0]!.properties!;
    expect(machineType!.default).toBe("n2-standard-4");
    expect(size).not.toHaveProperty("default");
    expect(schemaOf("customer.schema.json").properties!.snapshots!.properties!.retentionDays!.default).toBe(
      14,
    );
  });

  const files = [...readAccounts(), ...accountFiles()].filter(([path]) => path.endsWith(".yaml"));

  it.each(files)("accepts %s and refuses it with another key", (path, content) => {
    const file = SCHEMAS.find(([place]) => place.test(path))![1];
    const validator = z.fromJSONSchema(schemaOf(file) as Parameters<typeof z.fromJSONSchema>[0]);
    const valid = JSON.parse(JSON.stringify(plainOf(yamlMap(Buffer.from(content).toString())))) as object;
    expect(validator.safeParse(valid).error).toBeUndefined();
    expect(validator.safeParse({ ...valid, colour: "red" }).success).toBe(false);
  });
});

/** The files of this repository's own accounts. */
function readAccounts(): [path: string, content: Uint8Array][] {
  const root = join(__dirname, "..", "..");
  return readdirSync(join(root, "accounts"), { recursive: true, encoding: "utf8" })
    .map((path) => join("accounts", path))
    .filter((path) => path.endsWith(".yaml"))
    .map((path) => [path, readFileSync(join(root, path))]);
}
