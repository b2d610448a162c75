import type { Policy } from "./policy";

/** What every bill, search and alarm is sorted by. */
const REQUIRED = ["fleet-account", "fleet-role"];

export const checkLabels: Policy = {
  id: "labels",
  rule: "Everything that takes labels has ours.",
  reason: "Costs and alarms could not be told apart by account.",
  fix: "Give the resource the labels of its stack.",
  check: ({ resources }) =>
    resources.flatMap((on) => {
      const argument = on.labelArgument;
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
    }),
};

/** Of a map of labels, or of a list of tags `key:value`. */
const keysOf = (labels: unknown): ReadonlySet<string> =>
  new Set(
    Array.isArray(labels) ? labels.map((tag) => String(tag).split(":")[0]!) : Object.keys(labels ?? {}),
  );
