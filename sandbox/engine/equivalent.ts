import { isUnknown, isValues } from "../protocol/value";
import type { Value } from "../protocol/value";

/**
 * Equal in the eyes of Terraform's older SDK, which cannot tell "not set" from zero, false or empty.
 *
 * @param unordered true for sets: their order says nothing
 */
export function equivalent(a: Value | undefined, b: Value | undefined, unordered = false): boolean {
  if (isUnknown(a) || isUnknown(b)) return a === b;
  if (isEmpty(a) || isEmpty(b)) return isEmpty(a) && isEmpty(b);
  if (Array.isArray(a) && Array.isArray(b)) {
    if (a.length !== b.length) return false;
    const [left, right] = unordered ? [sorted(a), sorted(b)] : [a, b];
    return left.every((element, index) => equivalent(element, right[index]));
  }
  if (isValues(a) && isValues(b)) {
    return [...new Set([...Object.keys(a), ...Object.keys(b)])].every((key) => equivalent(a[key], b[key]));
  }
  return a === b;
}

function isEmpty(value: Value | undefined): boolean {
  if (value === undefined || value === null || value === "" || value === 0 || value === false) return true;
  if (Array.isArray(value)) return value.length === 0;
  return isValues(value) && Object.values(value).every(isEmpty);
}

const sorted = (elements: readonly Value[]): Value[] =>
  [...elements].sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1));
