import type { Json, JsonObject, PlannedObject } from "../../rollout/planned-object";
import type { ChangedAttribute, Judge, TypeRule, Verdict } from "../verdict";
import { none, notKnown } from "../verdict";

const fewer = (says: string): Verdict => ({
  notice: "drains bridges",
  says: `${says}: the keeper drains bridges that are then too many, if there are any`,
});
const more = (says: string): Verdict => ({ notice: "new calls only", says });

/** What an autoscaler does by itself; a policy without a mode means ON. */
function modeVerdict(mode: Json | undefined): Verdict {
  switch (mode ?? "ON") {
    case "ONLY_SCALE_OUT":
    case "ONLY_UP":
      return more("the autoscaler only adds bridges");
    case "OFF":
      return more("the autoscaler adds no bridges any more: the pool stays as large as it is");
    case "ON":
      return {
        notice: "interrupts calls",
        says: "the autoscaler removes bridges itself, with the calls on them",
        instead: "Leave removal to the keeper, which drains first: ONLY_SCALE_OUT.",
      };
    default:
      return notKnown(`what an autoscaler does in mode ${String(mode)}`);
  }
}

const policyOf = (attributes: JsonObject | null): JsonObject => {
  const [policy] = ((attributes?.["autoscaling_policy"] ?? []) as readonly JsonObject[]) ?? [];
  return policy ?? {};
};

/** A new autoscaler is harmless when it only adds. */
const comes =
  (harmless: Verdict): Judge<PlannedObject> =>
  ({ after }) => {
    const verdict = modeVerdict(policyOf(after)["mode"]);
    return verdict.notice === "interrupts calls" ? verdict : harmless;
  };

const bound =
  (says: (before: Json, after: Json) => string): Judge<ChangedAttribute> =>
  ({ value: { before, after } }) =>
    Number(after) >= Number(before)
      ? more(`${says(before, after)} for new calls`)
      : fewer(says(before, after));

/** A lower target asks for more bridges. Whatever else changes, or is not known, may ask for fewer. */
const target: Judge<ChangedAttribute> = ({ value: { path, before, after } }) =>
  path.at(-1) === "target" && typeof after === "number" && after <= Number(before)
    ? more("the pool grows earlier than before")
    : fewer("the pool may grow later than before");

interface Schedule {
  readonly name?: string;
  readonly min_required_replicas?: number;
  readonly [key: string]: unknown;
}

/** Every schedule is still there, at the same times, and asks for at least as many bridges. */
const schedules: Judge<ChangedAttribute> = ({ object }) => {
  const [before, after] = [object.before, object.after].map(
    (attributes) => (policyOf(attributes)["scaling_schedules"] ?? []) as readonly Schedule[],
  ) as [readonly Schedule[], readonly Schedule[]];
  const times = ({ min_required_replicas: _, ...rest }: Schedule): string =>
    JSON.stringify(Object.entries(rest).sort());
  const isKept = before.every((old) =>
    after.some(
      (now) =>
        times(now) === times(old) && (now.min_required_replicas ?? 0) >= (old.min_required_replicas ?? 0),
    ),
  );
  return isKept
    ? more("the pool grows by its schedules")
    : fewer("a schedule asks for fewer bridges, or at other times");
};

/** What makes a pool grow. It never makes it shrink: that is the keeper's work. */
export const AUTOSCALER_RULES: Readonly<Record<string, TypeRule>> = {
  google_compute_region_autoscaler: {
    created: comes(none("the pool is scaled")),
    gone: more("the pool is not scaled any more: it stays as large as it is"),
    replaced: comes(more("the pool is scaled anew, with its group")),
    changed: {
      "autoscaling_policy.*.max_replicas": bound(
        (before, after) => `at most ${String(after)} bridges instead of ${String(before)}`,
      ),
      "autoscaling_policy.*.min_replicas": bound(
        (before, after) => `at least ${String(after)} bridges instead of ${String(before)}`,
      ),
      "autoscaling_policy.*.mode": ({ value }) => modeVerdict(value.after),
      "autoscaling_policy.*.cooldown_period": more("how long a new bridge is not counted changes"),
      "autoscaling_policy.*.metric": target,
      "autoscaling_policy.*.cpu_utilization": target,
      "autoscaling_policy.*.scaling_schedules": schedules,
    },
  },
};
