import type { Json, JsonObject, PlannedObject } from "../rollout/planned-object";

/** A value that an update changes. */
export interface ChangedValue {
  /** Such as `["metadata", "fleet-files"]`; numbers of lists are texts. */
  readonly path: readonly string[];
  /** Null where there is none. */
  readonly before: Json;
  readonly after: Json;
  /** The new value is known after the apply only. */
  readonly isUnknown: boolean;
  /** Neither value may be shown. */
  readonly isHidden: boolean;
}

/** The values that differ before and after, as deep as both have the same shape; in the order of the attributes. */
export function changedValues(
  object: Pick<PlannedObject, "before" | "after" | "unknown" | "hidden">,
): ChangedValue[] {
  return compare([], object.before, object.after, object.unknown, object.hidden);
}

function compare(
  path: readonly string[],
  before: Json,
  after: Json,
  unknown: Json,
  hidden: readonly Json[],
): ChangedValue[] {
  const isHidden = hidden.some((each) => each === true);
  if (unknown === true) return [{ path, before, after: null, isUnknown: true, isHidden }];
  if (isHidden) return sameJson(before, after) ? [] : [{ path, before, after, isUnknown: false, isHidden }];
  const steps = stepsOf(before, after, unknown);
  if (steps) {
    return steps.flatMap((step) =>
      compare(
        [...path, step],
        at(before, step),
        at(after, step),
        at(unknown, step),
        hidden.map((each) => at(each, step)),
      ),
    );
  }
  return sameJson(before, after) ? [] : [{ path, before, after, isUnknown: false, isHidden }];
}

/** Where to go deeper; undefined where the values are compared as wholes. */
function stepsOf(before: Json, after: Json, unknown: Json): readonly string[] | undefined {
  if (Array.isArray(before) && Array.isArray(after))
    return before.length === after.length ? before.map((_, index) => String(index)) : undefined;
  if (isObject(before) && isObject(after))
    return [
      ...new Set([
        ...Object.keys(before),
        ...Object.keys(after),
        ...(isObject(unknown) ? Object.keys(unknown) : []),
      ]),
    ];
  return undefined;
}

const isObject = (value: Json): value is JsonObject =>
  value !== null && typeof value === "object" && !Array.isArray(value);

function at(value: Json, step: string): Json {
  if (Array.isArray(value)) return (value as readonly Json[])[Number(step)] ?? null;
  return isObject(value) ? (value[step] ?? null) : null;
}

/** Equal as JSON, whatever the order of keys; a key without a value is as good as none. */
export function sameJson(a: Json | undefined, b: Json | undefined): boolean {
  if (a === b || (a ?? null) === (b ?? null)) return true;
  if (Array.isArray(a) && Array.isArray(b))
    return (
      a.length === b.length && a.every((each: Json, index) => sameJson(each, (b as readonly Json[])[index]))
    );
  if (a !== undefined && b !== undefined && isObject(a) && isObject(b))
    return [...new Set([...Object.keys(a), ...Object.keys(b)])].every((key) => sameJson(a[key], b[key]));
  return false;
}

/** Whether a path is at or below a pattern, such as `autoscaling_policy.*.max_replicas`. */
export function fits(pattern: string, path: readonly string[]): boolean {
  const steps = pattern.split(".");
  return steps.length <= path.length && steps.every((step, index) => step === "*" || step === path[index]);
}
