import { isValues } from "./value";
import type { BlockSchema } from "./provider-schema";
import type { Value, Values } from "./value";

/** Gives an object exactly the attributes and blocks of its schema: missing ones become null or empty, others go. */
export function conform(block: BlockSchema, values: Values): Values {
  const conformed: Values = {};
  for (const [name, attribute] of Object.entries(block.attributes ?? {})) {
    const value = values[name] ?? null;
    const nested = attribute.nested_type;
    conformed[name] = nested
      ? each(value, (element) => conform({ attributes: nested.attributes }, element))
      : value;
  }
  for (const [name, nested] of Object.entries(block.block_types ?? {})) {
    const value = values[name] ?? null;
    const conformedBlocks =
      nested.nesting_mode === "map" ? value : each(value, (one) => conform(nested.block, one));
    const isCollection = nested.nesting_mode === "list" || nested.nesting_mode === "set";
    conformed[name] = conformedBlocks ?? (isCollection ? [] : null);
  }
  return conformed;
}

function each(value: Value, map: (element: Values) => Values): Value {
  if (Array.isArray(value)) return value.map((element) => (isValues(element) ? map(element) : element));
  return isValues(value) ? map(value) : value;
}
