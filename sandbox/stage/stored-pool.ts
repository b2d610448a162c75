import { KEEPER_PERMISSIONS } from "../../model/keeper-permissions";
import { asBlocks, asList, asNumber, asText, asTextMap, asTexts } from "../protocol/value";
import { STORAGE_PERMISSIONS } from "./pool-objects";
import type { Values } from "../protocol/value";
import type { CloudStore } from "../store/cloud-store";
import type { AutoHealing, AutoscalingPolicy, PoolObjects, TemplateObject } from "./pool-objects";

export interface PoolAddress {
  readonly project: string;
  readonly region: string;
  /** Name of the group and of its autoscaler. */
  readonly group: string;
}

/** A pool as a rehearsal deployed it; undefined when it is not deployed, or not wholly. */
export function storedPool(
  store: CloudStore,
  { project, region, group }: PoolAddress,
): PoolObjects | undefined {
  const prefix = `projects/${project}/regions/${region}`;
  const manager = store.get(
    "google",
    "google_compute_region_instance_group_manager",
    `${prefix}/instanceGroupManagers/${group}`,
  );
  const autoscaler = store.get(
    "google",
    "google_compute_region_autoscaler",
    `${prefix}/autoscalers/${group}`,
  );
  const templateLink = asText(asBlocks(manager?.["version"])[0]?.["instance_template"]);
  const template = store
    .list("google", "google_compute_region_instance_template")
    .find(([id]) => templateLink?.endsWith(id))?.[1];
  if (!manager || !autoscaler || !template) return undefined;
  return {
    project,
    region,
    zones: asTexts(manager["distribution_policy_zones"]),
    group: {
      name: group,
      baseInstanceName: asText(manager["base_instance_name"]) ?? group,
      listManagedInstancesResults:
        asText(manager["list_managed_instances_results"]) === "PAGINATED" ? "PAGINATED" : "PAGELESS",
      autoHealing: autoHealing(store, asBlocks(manager["auto_healing_policies"])[0]),
    },
    template: templateOf(template),
    autoscaler: { name: group, policy: policyOf(asBlocks(autoscaler["autoscaling_policy"])[0] ?? {}) },
    permissions: [...rolePermissions(store, project), ...STORAGE_PERMISSIONS],
  };
}

/** What the account's role allows; the model's list where no role is deployed. */
function rolePermissions(store: CloudStore, project: string): readonly string[] {
  const role = store
    .list("google", "google_project_iam_custom_role")
    .find(([id]) => id.startsWith(`projects/${project}/`))?.[1];
  return role ? asTexts(role["permissions"]) : KEEPER_PERMISSIONS;
}

function autoHealing(store: CloudStore, policy: Values | undefined): AutoHealing | undefined {
  const link = asText(policy?.["health_check"]);
  const check = store.list("google", "google_compute_health_check").find(([id]) => link?.endsWith(id))?.[1];
  if (!policy || !check) return undefined;
  return {
    initialDelaySec: asNumber(policy["initial_delay_sec"]) ?? 0,
    checkIntervalSec: asNumber(check["check_interval_sec"]) ?? 5,
    unhealthyThreshold: asNumber(check["unhealthy_threshold"]) ?? 2,
  };
}

const templateOf = (template: Values): TemplateObject => ({
  name: asText(template["name"])!,
  machineType: asText(template["machine_type"]) ?? "",
  labels: asTextMap(template["effective_labels"] ?? template["labels"]),
});

function policyOf(block: Values): AutoscalingPolicy {
  const number = (value: Values[string] | undefined): number => Number(asNumber(value) ?? asText(value) ?? 0);
  const [cpu] = asBlocks(block["cpu_utilization"]);
  const schedules = asBlocks(block["scaling_schedules"]).map(
    ({ name, schedule, min_required_replicas, duration_sec, time_zone }) =>
      [
        asText(name)!,
        {
          schedule,
          minRequiredReplicas: min_required_replicas,
          durationSec: duration_sec,
          timeZone: time_zone,
        },
      ] as const,
  );
  return {
    minNumReplicas: number(block["min_replicas"]),
    maxNumReplicas: number(block["max_replicas"]),
    coolDownPeriodSec: number(block["cooldown_period"]),
    mode: (asText(block["mode"]) ?? "ON") as AutoscalingPolicy["mode"],
    ...(cpu && {
      cpuUtilization: {
        utilizationTarget: number(cpu["target"]),
        predictiveMethod: asText(cpu["predictive_method"]) ?? "NONE",
      },
    }),
    customMetricUtilizations: asList(block["metric"]).flatMap((metric) =>
      asBlocks(metric).map(({ name, target, type }) => ({
        metric: asText(name)!,
        utilizationTarget: number(target),
        utilizationTargetType: asText(type) ?? "GAUGE",
      })),
    ),
    ...(schedules.length > 0 && { scalingSchedules: Object.fromEntries(schedules) }),
  };
}
