import type { FieldPath } from "../model/problem";
import { quoted } from "../model/quoted";

/** `["size", "max"]` becomes `size.max`, `["serves", 1]` becomes `serves[1]`; odd keys are quoted. */
export function formatField(path: FieldPath): string {
  return path
    .map((part, index) => {
      if (typeof part === "number") return `[${part}]`;
      const name = /^[\w/-]{1,31}$/.test(part) ? part : quoted(part);
      return index === 0 ? name : `.${name}`;
    })
    .join("");
}
