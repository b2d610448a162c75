import { objectsOf } from "./plain-json";
import type { Attributes } from "./policy";

/** The blocks of one name in a resource, whether Terraform's JSON has one object or a list of them. */
export const blocksOf = (attributes: Attributes, name: string): readonly Attributes[] =>
  objectsOf(attributes[name]);

/** The first block of a name; empty when there is none. */
export const blockOf = (attributes: Attributes, name: string): Attributes =>
  blocksOf(attributes, name)[0] ?? {};

/** A list of texts in a resource; a missing one is empty, and an expression stands for itself. */
export function textsOf(attributes: Attributes, name: string): readonly string[] {
  const value = attributes[name] ?? [];
  return (Array.isArray(value) ? value : [value]).map(String);
}
