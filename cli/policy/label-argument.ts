import { readFileSync } from "node:fs";
import { join } from "node:path";

interface ProviderSchemas {
  readonly provider_schemas: Readonly<
    Record<
      string,
      {
        readonly resource_schemas: Readonly<
          Record<string, { readonly block: { readonly attributes?: object } }>
        >;
      }
    >
  >;
}

const FILES = [
  "../../sandbox/data/google-6.50.0.schema.json",
  "../../providers/linode/schema/linode-3.13.0.schema.json",
];
/** Resource type -> its arguments. Two megabytes, which only this needs: read when they are. */
let types: ReadonlyMap<string, object> | undefined;

/**
 * The argument of a resource type that takes our labels, by the providers' schemas, as the bindings tell it at synthesis
 * (policies/enforce-policies.ts); undefined when there is none.
 */
export function labelArgumentOf({ type }: { readonly type: string }): string | undefined {
  types ??= readTypes();
  const attributes = types.get(type) ?? {};
  if (type.startsWith("linode_")) return "tags" in attributes ? "tags" : undefined;
  if ("user_labels" in attributes) return "user_labels";
  return "effective_labels" in attributes ? "labels" : undefined;
}

function readTypes(): ReadonlyMap<string, object> {
  return new Map(
    FILES.flatMap((file) => {
      const schemas = JSON.parse(readFileSync(join(__dirname, file), "utf8")) as ProviderSchemas;
      return Object.values(schemas.provider_schemas).flatMap(({ resource_schemas: all }) =>
        Object.entries(all).map(([type, { block }]) => [type, block.attributes ?? {}] as const),
      );
    }),
  );
}
