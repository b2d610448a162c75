import { z } from "zod";
import type { FieldPath } from "../problem";

/** The schema without what only says that it may be left out. */
export function unwrapped(schema: z.ZodType): z.ZodType {
  let inner = schema;
  while (inner instanceof z.ZodOptional || inner instanceof z.ZodDefault || inner instanceof z.ZodPrefault) {
    inner = inner.unwrap() as z.ZodType;
  }
  return inner;
}

/** The schema of a field, unwrapped; undefined for a field that the document cannot have. */
export function schemaAt(root: z.ZodType, path: FieldPath): z.ZodType | undefined {
  let schema: z.ZodType | undefined = unwrapped(root);
  for (const part of path) {
    const inner: unknown =
      schema instanceof z.ZodObject && Object.hasOwn(schema.shape, part)
        ? schema.shape[part]
        : schema instanceof z.ZodRecord
          ? schema.valueType
          : schema instanceof z.ZodArray
            ? schema.element
            : undefined;
    if (inner === undefined) return undefined;
    schema = unwrapped(inner as z.ZodType);
  }
  return schema;
}

/** The keys of a map with fixed keys; undefined for everything else. */
export const keysOf = (schema: z.ZodType | undefined): readonly string[] | undefined =>
  schema instanceof z.ZodObject ? Object.keys(schema.shape) : undefined;
