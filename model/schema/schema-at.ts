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

/** What is written for a field: one value of some type, a list or a map. */
export type FieldKind = "list" | "map" | "number" | "switch" | "text";

export function kindOf(field: z.ZodType): FieldKind {
  const schema = unwrapped(field);
  if (schema instanceof z.ZodArray) return "list";
  if (schema instanceof z.ZodObject || schema instanceof z.ZodRecord) return "map";
  if (schema instanceof z.ZodNumber) return "number";
  return schema instanceof z.ZodBoolean ? "switch" : "text";
}

/** The keys that a map with fixed keys must have. */
export const requiredKeysOf = (field: z.ZodType): readonly string[] =>
  field instanceof z.ZodObject
    ? Object.keys(field.shape).filter((key) => !(field.shape[key] as z.ZodType).safeParse(undefined).success)
    : [];

/** Paths of the maps with fixed keys that have a key. Maps with free keys are not entered. */
export function mapsWithKey(root: z.ZodType, key: string, path: FieldPath = []): readonly FieldPath[] {
  const map = unwrapped(root);
  if (!(map instanceof z.ZodObject)) return [];
  return Object.entries(map.shape).flatMap(([name, field]) => [
    ...(name === key ? [path] : []),
    ...mapsWithKey(field as z.ZodType, key, [...path, name]),
  ]);
}
