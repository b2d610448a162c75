import type { FieldSchema } from "./field-tree";
import { code } from "./markdown";

const FORMATS: Readonly<Record<string, string>> = {
  email: "a mail address",
  uri: "an address",
  cidrv6: "an IPv6 network",
};

/** Characters of a cell; a field with more says in its text where they are. */
const WIDEST_VALUES = 110;

/** What may be written for a field, in a few words. */
export function valueText(field: FieldSchema): string {
  if (field.const !== undefined) return code(String(field.const));
  if (field.enum) {
    const values = field.enum.map((value) => code(String(value))).join(", ");
    return values.length > WIDEST_VALUES ? `one of ${field.enum.length} names` : values;
  }
  if (field.anyOf) return [...new Set(field.anyOf.map(valueText))].join(" or ");
  switch (field.type) {
    case "boolean":
      return "`true`, `false`";
    case "integer":
      return `whole number${range(field)}`;
    case "number":
      return `number${range(field)}`;
    case "array":
      return `list of ${plural(valueText(field.items ?? {}))}`;
    case "object":
      return typeof field.additionalProperties === "object"
        ? `map of ${plural(valueText(field.additionalProperties))}`
        : Object.keys(field.properties ?? {}).length === 0
          ? "`{}`"
          : "block";
    default:
      return FORMATS[field.format ?? ""] ?? "text";
  }
}

/** The schemas write the largest whole number there is where they set no bound. */
const range = ({ minimum, maximum = Number.MAX_SAFE_INTEGER }: FieldSchema): string =>
  minimum === undefined
    ? ""
    : maximum === Number.MAX_SAFE_INTEGER
      ? `, from ${minimum}`
      : `, ${minimum} to ${maximum}`;

const plural = (text: string): string =>
  text
    .replace(/^list\b/, "lists")
    .replace(/^block$/, "blocks")
    .replace(/^an? (.*?)(?= or |$)/, "$1");

/** What holds when nothing is written; empty where the text of the field says it. */
export function defaultText(field: FieldSchema, isRequired: boolean): string {
  if (isRequired) return "**needed**";
  const value = field.default;
  if (value === undefined || (typeof value === "object" && value !== null && Object.keys(value).length === 0))
    return "";
  return code(typeof value === "string" ? value : JSON.stringify(value));
}
