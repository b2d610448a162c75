import { z } from "zod";
import { unwrapped } from "./schema-at";

/** What a field may hold, in words that fit behind "allowed:". */
export function expectation(field: z.ZodType): string {
  const schema = unwrapped(field);
  if (schema instanceof z.ZodEnum) return schema.options.join(", ");
  if (schema instanceof z.ZodLiteral) return [...schema.values].join(", ");
  if (schema instanceof z.ZodBoolean) return "true or false";
  if (schema instanceof z.ZodNumber) return numberRange(schema);
  if (schema instanceof z.ZodArray) return "a list";
  if (schema instanceof z.ZodRecord) return "a map";
  if (schema instanceof z.ZodObject) {
    const keys = Object.keys(schema.shape);
    return keys.length === 0 ? "{}" : `a map with the keys ${keys.join(", ")}`;
  }
  return textRule(schema) ?? "text";
}

/** The first sentence that describes a field in its schema, without the full stop. */
export function firstSentence(field: z.ZodType): string | undefined {
  let schema = field;
  while (schema.description === undefined && schema !== unwrapped(schema)) {
    schema = (schema as z.ZodOptional<z.ZodType>).unwrap();
  }
  const description = schema.description;
  return description && /^.*?(?=\.(?:\s|$)|$)/.exec(description)![0];
}

function numberRange(schema: z.ZodNumber): string {
  const kind = schema.isInt ? "a whole number" : "a number";
  const { minValue, maxValue } = schema;
  const bounds = [
    ...(isBound(minValue) ? [`from ${minValue}`] : []),
    ...(isBound(maxValue) ? [`to ${maxValue}`] : []),
  ];
  return [kind, ...bounds].join(" ");
}

const isBound = (value: number | null): boolean =>
  value !== null && Number.isFinite(value) && Math.abs(value) < Number.MAX_SAFE_INTEGER;

/** A schema of text says what it allows when it refuses; no schema of ours allows a NUL. */
function textRule(schema: z.ZodType): string | undefined {
  const refused = schema.safeParse("\0");
  return refused.error?.issues
    .map((issue) => /^allowed: (.*)$/.exec(issue.message)?.[1])
    .find((rule) => rule !== undefined);
}
