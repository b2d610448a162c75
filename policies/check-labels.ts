import type { Policy, Resource } from "./policy";

/** What every bill, search and alarm is sorted by. */
const REQUIRED = ["fleet-account", "fleet-role"];

/** Everything that takes labels has ours. */
export const checkLabels: Policy = ({ resources }) =>
  resources.flatMap((on) => {
    const argument = labelArgument(on);
    if (argument === undefined) return [];
    const keys = keysOf(on.attributes[argument]);
    const missing = REQUIRED.filter((key) => !keys.has(key));
    if (missing.length === 0) return [];
    return [
      {
        on,
        message:
          `${argument} lacks ${missing.join(" and ")}; costs and alarms could not be told apart by account; ` +
          "give the resource the labels of its stack",
      },
    ];
  });

/**
 * The argument that a resource takes labels in. The bindings are made from the providers' schemas and have an input for
 * each argument, so no list of types can grow stale here. `user_labels` comes first: where a type has both, as
 * notification channels do, its `labels` are settings.
 */
function labelArgument({ type, construct }: Resource): string | undefined {
  if (type.startsWith("linode_")) return "tagsInput" in construct ? "tags" : undefined;
  if ("userLabelsInput" in construct) return "user_labels";
  // The labels of a metric descriptor declare dimensions; a map of labels is set from a map.
  return "effectiveLabels" in construct ? "labels" : undefined;
}

/** Of a map of labels, or of a list of tags `key:value`. */
const keysOf = (labels: unknown): ReadonlySet<string> =>
  new Set(
    Array.isArray(labels) ? labels.map((tag) => String(tag).split(":")[0]!) : Object.keys(labels ?? {}),
  );
