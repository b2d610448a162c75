import type { Attributes } from "../../policies/policy";

/** Arguments whose value is a map, not a block. */
const MAPS = new Set(["labels", "metadata", "for_each", "content"]);
/** Blocks that Terraform itself reads: no `dynamic` makes them. */
const OWN = new Set(["lifecycle", "connection", "provisioner"]);

const isObject = (value: unknown): value is Attributes =>
  typeof value === "object" && value !== null && !Array.isArray(value);
const isBlocks = (value: unknown): value is readonly Attributes[] =>
  Array.isArray(value) && value.length > 0 && value.every(isObject);

const mapValues = (value: Attributes, change: (each: unknown, key: string) => unknown): Attributes =>
  Object.fromEntries(Object.entries(value).map(([key, each]) => [key, change(each, key)]));

/** Changes the arguments of each resource. */
const inResources = (change: (attributes: Attributes) => unknown) => (terraform: Attributes) => ({
  ...terraform,
  resource: mapValues(terraform["resource"] as Attributes, (named) =>
    mapValues(named as Attributes, (attributes) => change(attributes as Attributes)),
  ),
});

const listed = (attributes: Attributes): Attributes =>
  mapValues(attributes, (each, key) => (isObject(each) && !MAPS.has(key) ? [listed(each)] : each));

const single = (attributes: Attributes): Attributes =>
  mapValues(attributes, (each) => (isBlocks(each) && each.length === 1 ? each[0] : each));

function generated(attributes: Attributes): Attributes {
  const blocks = Object.entries(attributes).filter(
    ([key, each]) => (isObject(each) || isBlocks(each)) && !MAPS.has(key) && !OWN.has(key),
  );
  const rest = Object.entries(attributes).filter(([key]) => !blocks.some(([block]) => block === key));
  if (blocks.length === 0) return attributes;
  const dynamic = blocks.map(([key, each]) => [
    key,
    (Array.isArray(each) ? (each as Attributes[]) : [each as Attributes]).map((content) => ({
      for_each: [1],
      content: generated(content),
    })),
  ]);
  return { ...Object.fromEntries(rest), dynamic: Object.fromEntries(dynamic) };
}

/** Other ways to write the same Terraform, as escape hatches of cdktf do. */
export const FORMS: Readonly<Record<string, (terraform: Attributes) => Attributes>> = {
  "a list of one block": inResources(listed),
  "one block without its list": inResources(single),
  "blocks made by dynamic": inResources(generated),
  "with count": inResources((attributes) => ({ count: 2, ...attributes })),
  "a list of bodies": inResources((attributes) => [attributes]),
  "lists of sections": (terraform) =>
    mapValues(terraform, (section, key) =>
      key === "resource"
        ? Object.entries(section as Attributes).map(([type, named]) => ({ [type]: [named] }))
        : Array.isArray(section)
          ? section
          : [section],
    ),
};
