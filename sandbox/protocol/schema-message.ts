import type { AttributeSchema, BlockSchema, ProviderSchema, ResourceSchema } from "./provider-schema";

const BLOCK_NESTING = { single: 1, list: 2, set: 3, map: 4, group: 5 } as const;
const OBJECT_NESTING = { single: 1, list: 2, set: 3, map: 4 } as const;

/** What the server can do beyond the basics: Terraform may reuse a schema that it has already read. */
export const SERVER_CAPABILITIES = { plan_destroy: false, get_provider_schema_optional: true };

/** The answer to GetProviderSchema. */
export function schemaMessage(schema: ProviderSchema): object {
  return {
    provider: resourceMessage(schema.provider),
    resource_schemas: mapValues(schema.resource_schemas, resourceMessage),
    data_source_schemas: {},
    ephemeral_resource_schemas: mapValues(schema.ephemeral_resource_schemas ?? {}, resourceMessage),
    server_capabilities: SERVER_CAPABILITIES,
  };
}

/** The answer to GetMetadata. */
export function metadataMessage(schema: ProviderSchema): object {
  const names = (record: object): object[] => Object.keys(record).map((name) => ({ type_name: name }));
  return {
    server_capabilities: SERVER_CAPABILITIES,
    resources: names(schema.resource_schemas),
    ephemeral_resources: names(schema.ephemeral_resource_schemas ?? {}),
  };
}

const resourceMessage = (schema: ResourceSchema): object => ({
  version: schema.version,
  block: blockMessage(schema.block),
});

function blockMessage(block: BlockSchema): object {
  return {
    attributes: Object.entries(block.attributes ?? {}).map(attributeMessage),
    block_types: Object.entries(block.block_types ?? {}).map(([name, nested]) => ({
      type_name: name,
      block: blockMessage(nested.block),
      nesting: BLOCK_NESTING[nested.nesting_mode],
      min_items: nested.min_items ?? 0,
      max_items: nested.max_items ?? 0,
    })),
  };
}

function attributeMessage([name, attribute]: readonly [string, AttributeSchema]): object {
  const { type, nested_type: nested, required, optional, computed, sensitive, write_only } = attribute;
  return {
    name,
    ...(type && { type: Buffer.from(JSON.stringify(type)) }),
    ...(nested && {
      nested_type: {
        attributes: Object.entries(nested.attributes).map(attributeMessage),
        nesting: OBJECT_NESTING[nested.nesting_mode],
      },
    }),
    required: required ?? false,
    optional: optional ?? false,
    computed: computed ?? false,
    sensitive: sensitive ?? false,
    write_only: write_only ?? false,
  };
}

function mapValues<T, U>(record: Readonly<Record<string, T>>, map: (value: T) => U): Record<string, U> {
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [key, map(value)]));
}
