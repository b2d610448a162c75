import { z } from "zod";

/** A field as JSON Schema (draft 7) describes it, as far as our schemas use that. */
export interface FieldSchema {
  readonly type?: string;
  readonly description?: string;
  readonly default?: unknown;
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly format?: string;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly items?: FieldSchema;
  readonly anyOf?: readonly FieldSchema[];
  readonly properties?: Readonly<Record<string, FieldSchema>>;
  readonly required?: readonly string[];
  /** Of maps with free keys; false for the others. */
  readonly additionalProperties?: FieldSchema | false;
}

/** What may be written for a document, defaults included. */
export const fieldTree = (schema: z.ZodType): FieldSchema =>
  z.toJSONSchema(schema, { target: "draft-7", io: "input" }) as FieldSchema;

/** The fields of one map with fixed keys. */
export interface Block {
  /** Its paths, several where fields beside each other have the same fields: `images.web`, `images.jvb`. Empty: the top. */
  readonly paths: readonly string[];
  readonly schema: FieldSchema;
}

/** The top, then each map with fixed keys below it, in the order of the schema; free keys are `<name>`, items of lists `[]`. */
export function blocksOf(schema: FieldSchema, path = ""): readonly Block[] {
  const blocks: Block[] = [{ paths: [path], schema }];
  const below = new Map<string, { readonly paths: string[]; readonly schema: FieldSchema }>();
  for (const [key, field] of Object.entries(schema.properties ?? {})) {
    const [at, inner] = innerBlock(field, path === "" ? key : `${path}.${key}`);
    if (!inner?.properties || Object.keys(inner.properties).length === 0) continue;
    const same = JSON.stringify(inner.properties);
    const known = below.get(same);
    if (known) known.paths.push(at);
    else below.set(same, { paths: [at], schema: inner });
  }
  for (const { paths, schema: inner } of below.values()) {
    const [first, ...more] = blocksOf(inner, paths[0]!);
    blocks.push({ ...first!, paths }, ...more);
  }
  return blocks;
}

/** A field's own map with fixed keys, or the one that its free keys or its items have. */
export const innerBlock = (field: FieldSchema, path: string): readonly [string, FieldSchema | undefined] =>
  typeof field.additionalProperties === "object"
    ? [`${path}.<name>`, field.additionalProperties]
    : field.items
      ? [`${path}[]`, field.items]
      : [path, field];

/** Whether a document has a field at a path such as `size.max` or `scaling.schedules.<name>.start`. */
export function hasField(schema: FieldSchema | undefined, path: string): boolean {
  let inner = schema;
  for (const key of path.split(".")) {
    const free = inner?.additionalProperties;
    const [name, isList] = key.endsWith("[]") ? [key.slice(0, -2), true] : [key, false];
    inner = name === "<name>" ? (free === false ? undefined : free) : inner?.properties?.[name];
    if (isList) inner = inner?.items;
  }
  return inner !== undefined;
}
