import type { Attributes } from "./policy";

/** The blocks of one name in a resource, whether Terraform's JSON has one object or a list of them. */
export function blocksOf(attributes: Attributes, name: string): readonly Attributes[] {
  const value = attributes[name];
  if (value === undefined || value === null) return [];
  return (Array.isArray(value) ? value : [value]) as Attributes[];
}

/** A list of texts in a resource; a missing one is empty. */
export const textsOf = (attributes: Attributes, name: string): readonly string[] =>
  (attributes[name] ?? []) as string[];
