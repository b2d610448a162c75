import type { Attributes } from "./policy";

type Named = readonly (readonly [name: string, Attributes])[];

/**
 * What a section of Terraform's JSON declares, such as `resource` or `data`: Terraform reads an object, a list of them, or
 * a mixture at each level, and means the same.
 *
 * @returns type -> name -> arguments, each as often as it is there
 */
export function declaredIn(section: unknown): readonly (readonly [type: string, named: Named])[] {
  return entriesOf(section).map(([type, named]) => [
    type,
    entriesOf(named).flatMap(([name, body]) =>
      objectsOf(body).map((attributes) => [name, withPlainBlocks(attributes)] as const),
    ),
  ]);
}

/** A block that `dynamic` makes is a block like any other, whose values may be expressions. */
function withPlainBlocks(value: Attributes): Attributes {
  const plain: Record<string, unknown> = {};
  for (const [key, each] of Object.entries(value)) plain[key] = plainValue(each);
  const blocks = entriesOf(plain["dynamic"]);
  if (blocks.length === 0 || !blocks.every(([, body]) => objectsOf(body).every(isGenerated))) return plain;
  delete plain["dynamic"];
  for (const [name, body] of blocks) {
    const made = objectsOf(body).flatMap(({ content }) => objectsOf(content));
    plain[name] = [...objectsOf(plain[name]), ...made];
  }
  return plain;
}

const isGenerated = (body: Attributes): boolean => "for_each" in body && "content" in body;

function plainValue(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(plainValue);
  return typeof value === "object" && value !== null ? withPlainBlocks(value as Attributes) : value;
}

/** One object or a list of them. */
export const objectsOf = (value: unknown): readonly Attributes[] =>
  (Array.isArray(value) ? value : [value]).filter((each) => typeof each === "object" && each !== null);

const entriesOf = (value: unknown): readonly [string, unknown][] =>
  objectsOf(value).flatMap((each) => Object.entries(each));
