import { invalid } from "./google-error";
import type { AutoscalingPolicy } from "../pool-objects";

const MODES = ["ON", "ONLY_SCALE_OUT", "OFF"];

/**
 * A patch of an autoscaler's policy: what it names is replaced, the rest stays.
 * @throws GoogleError for what the API refuses
 */
export function mergePolicy(policy: AutoscalingPolicy, patch: unknown): AutoscalingPolicy {
  if (patch === undefined) return policy;
  if (typeof patch !== "object" || patch === null)
    throw invalid("Invalid value for field 'resource.autoscalingPolicy'.");
  const merged: AutoscalingPolicy = { ...policy, ...patch };
  const unknown = Object.keys(patch).find(
    (name) =>
      !(name in policy) && !["cpuUtilization", "customMetricUtilizations", "scalingSchedules"].includes(name),
  );
  if (unknown !== undefined) throw invalid(`Invalid JSON payload received. Unknown name "${unknown}"`);
  const { minNumReplicas: min, maxNumReplicas: max, mode } = merged;
  const refuse = (name: string, value: unknown, rule: string): never => {
    throw invalid(
      `Invalid value for field 'resource.autoscalingPolicy.${name}': '${String(value)}'. ${rule}`,
    );
  };
  if (!Number.isInteger(min) || min < 0) refuse("minNumReplicas", min, "It must be a whole number from 0.");
  if (!Number.isInteger(max) || max < 0) refuse("maxNumReplicas", max, "It must be a whole number from 0.");
  if (min > max) refuse("minNumReplicas", min, `It must not be above maxNumReplicas, ${max}.`);
  if (!MODES.includes(mode)) refuse("mode", mode, `It must be one of ${MODES.join(", ")}.`);
  return merged;
}
