import { boolCoreTag, floatCoreTag, intCoreTag, NOT_RESOLVED, nullCoreTag } from "js-yaml";
import type { Scalar } from "./yaml-node";

const TAGS = [nullCoreTag, boolCoreTag, intCoreTag, floatCoreTag] as const;

/** What an unquoted scalar means in YAML 1.2 (core schema): `on` is text, `08` and `1.10` are numbers. */
export function resolveScalar(text: string): Scalar {
  for (const tag of TAGS) {
    const value = tag.resolve(text, false, tag.tagName);
    if (value !== NOT_RESOLVED) return value === 0 ? 0 : value; // -0 would be printed as such
  }
  return text;
}
