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
    shape[key] = annotated(
      required.includes(key) ? layered : layered.optional(),
      annotationsOf(field as z.ZodType),
    );
  }
  return annotated(z.strictObject(shape), annotationsOf(schema)) as z.ZodType<Record<string, unknown>>;
}

function layerOfField(field: z.ZodType): z.ZodType {
  if (isWrapper(field)) return layerOfField(field.unwrap() as z.ZodType);
  if (field instanceof z.ZodObject) return layerOf(field);
  if (field instanceof z.ZodRecord && field.valueType instanceof z.ZodObject) {
    return z.record(field.keyType as z.core.$ZodRecordKey, layerOf(field.valueType));
  }
  return field;
}

const isWrapper = (field: z.ZodType): field is z.ZodDefault | z.ZodPrefault | z.ZodOptional =>
  field instanceof z.ZodDefault || field instanceof z.ZodPrefault || field instanceof z.ZodOptional;

/** What editors show of a field: a layer has no default of its own, but the merged document will have this one. */
interface Annotations {
  readonly description?: string;
  readonly default?: unknown;
}

function annotationsOf(field: z.ZodType): Annotations {
  const inner = isWrapper(field) ? annotationsOf(field.unwrap() as z.ZodType) : {};
  return {
    ...inner,
    ...(field.description === undefined ? {} : { description: field.description }),
    ...(field instanceof z.ZodDefault ? { default: field.def.defaultValue } : {}),
  };
}

const annotated = <T extends z.ZodType>(schema: T, annotations: Annotations): T =>
  Object.keys(annotations).length === 0 ? schema : schema.meta({ ...annotations });
