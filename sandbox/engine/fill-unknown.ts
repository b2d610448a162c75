import { isUnknown, isValues } from "../protocol/value";
import type { AttributeType, BlockSchema } from "../protocol/provider-schema";
import type { Value, Values } from "../protocol/value";

/**
 * Gives every value that is still unknown the empty value of its type: what a cloud returns for what it has nothing
 * to say about. Afterwards the whole object is known.
 */
export function fillUnknown(block: BlockSchema, object: Values): Values {
  const filled: Values = { ...object };
  for (const [name, attribute] of Object.entries(block.attributes ?? {})) {
    const value = object[name] ?? null;
    const nested = attribute.nested_type && { attributes: attribute.nested_type.attributes };
    if (!nested) filled[name] = isUnknown(value) ? emptyOf(attribute.type ?? "string") : value;
    else if (isUnknown(value)) filled[name] = null;
    else filled[name] = each(value, (element) => fillUnknown(nested, element));
  }
  for (const [name, nested] of Object.entries(block.block_types ?? {})) {
    const value = object[name] ?? null;
    const isCollection = nested.nesting_mode === "list" || nested.nesting_mode === "set";
    if (isUnknown(value)) filled[name] = isCollection ? [] : null;
    else filled[name] = each(value, (element) => fillUnknown(nested.block, element));
  }
  return filled;
}

function each(value: Value, map: (element: Values) => Values): Value {
  if (Array.isArray(value)) return value.map((element) => (isValues(element) ? map(element) : element));
  return isValues(value) ? map(value) : value;
}

function emptyOf(type: AttributeType): Value {
  if (type === "string") return "";
  if (type === "number") return 0;
  if (type === "bool") return false;
  if (type[0] === "object") return null;
  return type[0] === "map" ? {} : [];
}
