/** A value that Terraform does not know before apply. There is one, `UNKNOWN`. */
export class Unknown {
  readonly unknown = true;
}
export const UNKNOWN = new Unknown();

/** A value as Terraform exchanges it with providers. */
export type Value = null | boolean | number | string | Unknown | Value[] | Values;

/** An object: a resource, a block, an element of a map. */
export interface Values {
  [name: string]: Value;
}

export const isUnknown = (value: Value | undefined): value is Unknown => value instanceof Unknown;

export const isValues = (value: Value | undefined): value is Values =>
  typeof value === "object" && value !== null && !Array.isArray(value) && !isUnknown(value);

/** True when no part of the value is unknown. */
export function isWhollyKnown(value: Value | undefined): boolean {
  if (isUnknown(value)) return false;
  if (Array.isArray(value)) return value.every(isWhollyKnown);
  return isValues(value) ? Object.values(value).every(isWhollyKnown) : true;
}

/** The text, or undefined when the value is absent, unknown or something else. */
export const asText = (value: Value | undefined): string | undefined =>
  typeof value === "string" ? value : undefined;

export const asNumber = (value: Value | undefined): number | undefined =>
  typeof value === "number" ? value : undefined;

/** The elements, or none when the value is absent, unknown or something else. */
export const asList = (value: Value | undefined): readonly Value[] => (Array.isArray(value) ? value : []);

/** The elements that are known text. */
export const asTexts = (value: Value | undefined): string[] =>
  asList(value).filter((element): element is string => typeof element === "string");

/** The blocks of one kind, whatever their nesting: none when absent or unknown. */
export function asBlocks(value: Value | undefined): Values[] {
  if (Array.isArray(value)) return value.filter(isValues);
  return isValues(value) ? [value] : [];
}

/** A map with text values; entries that are unknown or null are left out. */
export function asTextMap(value: Value | undefined): Record<string, string> {
  if (!isValues(value)) return {};
  const entries = Object.entries(value).filter(
    (entry): entry is [string, string] => typeof entry[1] === "string",
  );
  return Object.fromEntries(entries);
}
