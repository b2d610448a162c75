import { equivalent } from "./equivalent";
import { isUnknown, isValues } from "../protocol/value";
import type { BlockSchema } from "../protocol/provider-schema";
import type { Path } from "../protocol/diagnostic";
import type { Value, Values } from "../protocol/value";

/**
 * Where a planned object differs from the prior one in something that cannot be changed. A position in a set cannot be
 * named, so there the set is.
 *
 * @param paths dotted, without positions
 */
export function findReplacements(
  block: BlockSchema,
  paths: readonly string[],
  prior: Values,
  planned: Values,
): readonly Path[] {
  const found = paths.flatMap((path) => compare(block, path.split("."), prior, planned, []));
  return [...new Map(found.map((path) => [JSON.stringify(path), path])).values()];
}

function compare(
  block: BlockSchema,
  rest: readonly string[],
  prior: Value,
  planned: Value,
  at: Path,
): Path[] {
  const [name, ...deeper] = rest;
  if (name === undefined) return [];
  const before = isValues(prior) ? (prior[name] ?? null) : null;
  const after = isValues(planned) ? (planned[name] ?? null) : null;
  const path = [...at, name];
  const attribute = block.attributes?.[name];
  const nested = block.block_types?.[name] ?? {
    nesting_mode: attribute?.nested_type?.nesting_mode,
    block: { attributes: attribute?.nested_type?.attributes ?? {} },
  };
  if (attribute && deeper.length === 0) {
    const isSet = Array.isArray(attribute.type) ? attribute.type[0] === "set" : nested.nesting_mode === "set";
    return equivalent(before, after, isSet) ? [] : [path];
  }
  if (deeper.length === 0) return countOf(before) === countOf(after) && !isUnknown(after) ? [] : [path];
  if (nested.nesting_mode === "set") {
    const [old, fresh] = [elementsOf(before), elementsOf(after)];
    const changed = [
      ...fresh.filter((element) => !old.some((other) => equivalent(other, element))),
      ...old.filter((element) => !fresh.some((other) => equivalent(other, element))),
    ];
    return changed.some((element) => compare(nested.block, deeper, null, element, path).length > 0)
      ? [path]
      : [];
  }
  if (Array.isArray(before) || Array.isArray(after)) {
    const [old, fresh] = [elementsOf(before), elementsOf(after)];
    const indexes = Array.from({ length: Math.max(old.length, fresh.length) }, (_, index) => index);
    return indexes.flatMap((index) => {
      const differences = compare(nested.block, deeper, old[index] ?? null, fresh[index] ?? null, [
        ...path,
        index,
      ]);
      // A block that goes away has no place in the plan to point at.
      return index < fresh.length ? differences : differences.slice(0, 1).map(() => path);
    });
  }
  return compare(nested.block, deeper, before, after, path);
}

const elementsOf = (value: Value): readonly Value[] => (Array.isArray(value) ? value : []);

const countOf = (value: Value): number => (Array.isArray(value) ? value.length : value === null ? 0 : 1);
