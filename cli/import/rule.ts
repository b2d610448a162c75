import type { Catalog } from "../../model/catalog";
import type { Plain } from "./variable";

/** What a conversion may look at beside its value. */
export interface Conversion {
  readonly catalog: Catalog;
  /** What another variable of the same scope says; undefined where it has no value. */
  readonly lookUp: (name: string) => Plain | undefined;
  /** Characters that the id of a pool may have beside that of its account. */
  readonly longestPoolId: number;
}

/** The value of our field, with why it is another one than in the source; or why there is none. */
export type Converted =
  | { readonly value: Plain; readonly why?: string }
  | {
      readonly refused: string;
      /** It was understood, and there is nothing to do about it. @default false */
      readonly isMeantToGo?: true;
    };

export type Convert = (value: Plain, conversion: Conversion) => Converted;

/** Which of an account's files a field is in. */
export type FieldOwner = "account" | "customer" | "pool";

/** A field of ours, such as `size.min` of a pool. */
export interface Target {
  readonly owner: FieldOwner;
  /** Path with dots. `network` stands for the range of the scope's region, `id` for the file's name. */
  readonly field: string;
  readonly convert: Convert;
}

/** Variables that say the same, the one that counts first, and where they go. */
export interface TakenRule extends Target {
  readonly names: readonly string[];
  /** Where they go from a folder that is no pool, because it says nothing about its size. @default the same field */
  readonly elsewhere?: Target;
  /** What the documentation says of the conversion. */
  readonly note?: string;
}

/** Variables that nothing of ours needs. */
export interface DroppedRule {
  readonly names: readonly string[];
  readonly dropped: string;
  readonly secret?: true;
}

export type Rule = TakenRule | DroppedRule;

export const isTaken = (rule: Rule): rule is TakenRule => "owner" in rule;

/** `machineType`, `machine-type` and `machine_type` are one name. */
export const normalized = (name: string): string =>
  name
    .replace(/([a-z0-9])([A-Z])/g, "$1_$2")
    .replace(/-/g, "_")
    .toLowerCase();

/**
 * The rule for a variable: by its whole name, for a name such as `autoscaler.max_replicas` also by its last part. In
 * rules `[]` is the first entry of a list and `[+]` any later one; a star at the end stands for any ending.
 */
export function ruleFor(
  name: string,
  rules: readonly Rule[],
): { readonly rule: Rule; readonly rank: number } | undefined {
  const whole = normalized(name);
  const listed = whole.replace(/\[(\d+)\]/g, (_, index: string) => (index === "0" ? "[]" : "[+]"));
  const candidates = [whole, listed, whole.replace(/^.*\./, "")];
  for (const candidate of new Set(candidates)) {
    for (const rule of rules) {
      const rank = rule.names.findIndex((each) =>
        each.endsWith("*") ? candidate.startsWith(each.slice(0, -1)) : each === candidate,
      );
      if (rank >= 0) return { rule, rank };
    }
  }
  return undefined;
}
