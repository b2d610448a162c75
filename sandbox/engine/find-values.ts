import { isValues } from "../protocol/value";
import type { Path } from "../protocol/diagnostic";
import type { Value, Values } from "../protocol/value";

export interface Found {
  /** With the positions of blocks in lists. */
  readonly path: Path;
  readonly value: Value;
}

/**
 * Every value at a dotted path such as `disk.labels`: one for each block on the way. A block that is absent has no
 * values, an attribute that is absent is null, and an unknown list of blocks is itself what is found.
 */
export function findValues(object: Values, dotted: string): Found[] {
  return dotted === "" ? [{ path: [], value: object }] : walk(object, dotted.split("."), []);
}

function walk(value: Value, rest: readonly string[], path: Path): Found[] {
  const [name, ...deeper] = rest;
  if (name === undefined) return [{ path, value }];
  if (Array.isArray(value)) return value.flatMap((element, index) => walk(element, rest, [...path, index]));
  if (!isValues(value)) return value === null ? [] : [{ path, value }];
  return walk(value[name] ?? null, deeper, [...path, name]);
}

/** A path as providers print it: `network_interface.0.nic_type`. */
export const printPath = (path: Path): string => path.join(".");
