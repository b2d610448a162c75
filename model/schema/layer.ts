import { z } from "zod";

/**
 * The schema of one layer of a document: every field optional, no default, still closed.
 *
 * Defaults would beat lower layers if they ran here, so they run once, on the merged document. Leaf checks stay, so
 * that a wrong value is blamed on the file that says it. Fields named in `required` stay required.
 */
export function layerOf<T extends z.ZodObject>(
  schema: T,
  required: readonly string[] = [],
): z.ZodType<Record<string, unknown>> {
  const shape: Record<string, z.ZodType> = {};
  for (const [key, field] of Object.entries(schema.shape)) {
    const layered = layerOfField(field as z.ZodType);
    shape[key] = required.includes(key) ? layered : described(layered.optional(), layered.description);
  }
  return described(z.strictObject(shape), schema.description) as z.ZodType<Record<string, unknown>>;
}

function layerOfField(field: z.ZodType): z.ZodType {
  if (field instanceof z.ZodDefault || field instanceof z.ZodPrefault || field instanceof z.ZodOptional) {
    return described(layerOfField(field.unwrap() as z.ZodType), field.description);
  }
  if (field instanceof z.ZodObject) return layerOf(field);
  if (field instanceof z.ZodRecord && field.valueType instanceof z.ZodObject) {
    return described(
      z.record(field.keyType as z.core.$ZodRecordKey, layerOf(field.valueType)),
      field.description,
    );
  }
  return field;
}

function described<T extends z.ZodType>(schema: T, description: string | undefined): T {
  return description === undefined ? schema : schema.describe(description);
}
