/** Where `terraform providers schema -json` files the provider. */
export const providerAddress = "registry.terraform.io/linode/linode";

/** The answer of `terraform providers schema -json`, as far as it matters here. */
export interface SchemaDocument {
  readonly format_version: string;
  readonly provider_schemas?: Readonly<Record<string, ProviderSchema>>;
}

interface ProviderSchema {
  readonly provider: unknown;
  readonly resource_schemas: Readonly<Record<string, unknown>>;
}

/**
 * Cuts the answer of `terraform providers schema -json` down to the settings of the Linode provider and the
 * given resource types, without descriptions. The result keeps the format, so the same programs can read it.
 *
 * @throws Error when the document does not hold the provider, or naming every given type that it does not hold
 */
export function trimSchema(document: SchemaDocument, resourceTypes: readonly string[]): SchemaDocument {
  const schema = document.provider_schemas?.[providerAddress];
  if (schema === undefined) {
    const found = Object.keys(document.provider_schemas ?? {}).join(", ");
    throw new Error(`no provider ${providerAddress} in the schema; found: ${found || "none"}`);
  }
  const missing = resourceTypes.filter((type) => schema.resource_schemas[type] === undefined);
  if (missing.length > 0) {
    throw new Error(
      `the provider has no ${missing.join(", ")}; correct resource-types.ts: ` +
        "what the new version dropped must be neither listed there nor used by a stack",
    );
  }
  return {
    format_version: document.format_version,
    provider_schemas: {
      [providerAddress]: {
        provider: withoutDescriptions(schema.provider),
        resource_schemas: Object.fromEntries(
          resourceTypes.map((type) => [type, withoutDescriptions(schema.resource_schemas[type])]),
        ),
      },
    },
  };
}

/**
 * Leaves out the descriptions of a schema, which are texts, and keeps the attributes of that name, which are
 * objects. Lists stay as they are: they are types, and in an object type "description" is an attribute too.
 */
function withoutDescriptions(schema: unknown): unknown {
  if (typeof schema !== "object" || schema === null || Array.isArray(schema)) return schema;
  return Object.fromEntries(
    Object.entries(schema)
      .filter(
        ([key, entry]) => typeof entry === "object" || !["description", "description_kind"].includes(key),
      )
      .map(([key, entry]) => [key, withoutDescriptions(entry)]),
  );
}
