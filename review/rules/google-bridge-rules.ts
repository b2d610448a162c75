import type { Json, JsonObject, PlannedObject } from "../../rollout/planned-object";
import { lostLogins } from "../bridge-logins";
import { sameJson } from "../changed-values";
import { listOf } from "../compose-file";
import { noTimeIn } from "../drain-deadline";
import type { TypeRule, Verdict } from "../verdict";
import { none } from "../verdict";
import { renewed } from "./common";

const SECOND_POOL =
  "Add a second pool with what you want, drain the old one, and retire it when nobody is on it " +
  "(docs/operations.md, Fewer bridges).";

const JUDGED_WRONGLY: Verdict = {
  notice: "interrupts calls",
  says: "when a bridge counts as dead changes: one that is judged wrongly is recreated, with the calls on it",
  instead: "Try it on a new pool first.",
};

/** The keeper makes room for a renewal while bridges take calls. With none in a brewery it waits for the first new one. */
const ONE_MORE =
  "Raise the pool's `size.min` above the bridges that it has, in the same change: the keeper renews them once one with the " +
  "new files takes calls, and none before.";

/** Machines that Google stops when it likes, or after a time: nobody drains them first. */
function mayBeTaken({ before, after }: PlannedObject): Verdict | undefined {
  const [was, is] = [schedulingOf(before), schedulingOf(after)];
  if (
    sameJson(was, is) ||
    (is["preemptible"] !== true &&
      (is["provisioning_model"] ?? "STANDARD") === "STANDARD" &&
      (is["on_host_maintenance"] ?? "MIGRATE") === "MIGRATE" &&
      isEmpty(is["max_run_duration"]))
  )
    return undefined;
  return {
    notice: "interrupts calls",
    says: "Google stops bridges of the new template by itself (scheduling), with the calls on them",
    instead:
      "Let machines be of the model STANDARD, migrate at maintenance, and have no longest time to run.",
  };
}

const schedulingOf = (template: JsonObject | null): JsonObject =>
  (listOf(template?.["scheduling"])[0] ?? {}) as JsonObject;

const isEmpty = (value: Json | undefined): boolean =>
  (value ?? null) === null || (Array.isArray(value) && value.length === 0);

/** Pools that grow by themselves. */
export const GOOGLE_BRIDGE_RULES: Readonly<Record<string, TypeRule>> = {
  // A description: machines that were made of the old one run on. What becomes of them says the group.
  google_compute_region_instance_template: {
    created: (template) => mayBeTaken(template) ?? none("a description of new bridges"),
    gone: none("a description of bridges; machines made of it run on"),
    replaced: (template) =>
      mayBeTaken(template) ?? none("another description of bridges; machines made of the old one run on"),
    changed: {},
  },
  google_compute_region_instance_group_manager: {
    created: { notice: "new calls only", says: "a new pool: its bridges take new calls" },
    gone: {
      notice: "interrupts calls",
      says: "all bridges of the pool go at once, with the calls on them",
      instead:
        "Drain each of its bridges first (npx fleet keeper drain), and retire the pool when nobody is on them; then admit " +
        "this change, which cannot know that.",
    },
    replaced: ({ replacePaths }) => ({
      notice: "interrupts calls",
      says: `all bridges of the pool are replaced at once because of ${replacePaths.join(", ") || "another object"}: every call on them ends`,
      instead: SECOND_POOL,
    }),
    changed: {
      version: ({ object }, change) => [
        ...lostLogins(change, ONE_MORE),
        policyOf(object.after) === "OPPORTUNISTIC"
          ? renewed(
              {
                notice: noTimeIn(change.files.after) ? "moves calls" : "drains bridges",
                says:
                  "bridges get a new template: a keeper that acts renews them one after the other, each drained first; " +
                  "without one they stay as they are",
              },
              change,
            )
          : {
              notice: "interrupts calls",
              says: "bridges get a new template, and Google replaces them at once, with the calls on them",
              instead: "Let update_policy be OPPORTUNISTIC: then the keeper drains each bridge first.",
            },
      ],
      "update_policy.*.max_surge_fixed": none("how many bridges a renewal by hand may add; none is touched"),
    },
  },
  google_compute_health_check: {
    created: none("what tells a bridge that is dead"),
    gone: { notice: "new calls only", says: "nobody notices a dead bridge any more" },
    replaced: JUDGED_WRONGLY,
    changed: { "*": JUDGED_WRONGLY },
  },
  google_service_account: {
    created: none("an identity for machines"),
    gone: ({ name }, { isRetired }) =>
      isRetired
        ? none("the identity goes with its machines")
        : {
            notice: "interrupts calls",
            says: `machines lose their identity (${name}): what they fetch by it fails`,
          },
    changed: { display_name: none("a name for people") },
  },
  google_monitoring_metric_descriptor: {
    created: none("a metric that pools are scaled by"),
    gone: {
      notice: "new calls only",
      says: "the metric that pools are scaled by goes, with its data: no pool grows by it",
    },
    changed: { "*": none("how the metric is described") },
  },
};

function policyOf(after: unknown): unknown {
  const [policy] = ((after as { readonly update_policy?: unknown } | null)?.update_policy ?? []) as readonly {
    readonly type?: string;
  }[];
  return policy?.type;
}
