import gcpCatalog from "../../../model/data/gcp-catalog.json";
import { Refusal } from "../../protocol/diagnostic";
import { asBlocks, asList, asNumber, asText, isUnknown, isWhollyKnown } from "../../protocol/value";
import { atLeast, between, oneOf } from "../../engine/value-rules";
import { lastSegment } from "../settings";
import { choose } from "./instance";
import { gceName } from "./network";
import type { ResourceModel } from "../../engine/resource-model";
import type { Diagnostic } from "../../protocol/diagnostic";
import type { Value, Values } from "../../protocol/value";
import type { GoogleSurroundings } from "../google-cloud";
import type { GoogleSettings } from "../settings";

type Model = ResourceModel<GoogleSettings>;

const MANAGERS = [
  "google_compute_region_instance_group_manager",
  "google_compute_instance_group_manager",
] as const;
const AUTOSCALERS = ["google_compute_region_autoscaler", "google_compute_autoscaler"] as const;

/** Seconds; the API's limits for health checks. */
const LONGEST_INTERVAL = 300;

const manager: Model = {
  clientOnly: ["wait_for_instances", "wait_for_instances_status", "list_managed_instances_results"],
  computedBlocks: [
    "instance_flexibility_policy",
    "instance_lifecycle_policy",
    "standby_policy",
    "stateful_external_ip",
    "stateful_internal_ip",
    "update_policy",
  ],
  references: [
    { path: "version.instance_template", type: "google_compute_instance_template" },
    { path: "version.instance_template", type: "google_compute_region_instance_template" },
    { path: "auto_healing_policies.health_check", type: "google_compute_health_check" },
    { path: "auto_healing_policies.health_check", type: "google_compute_region_health_check" },
  ],
  rules: [
    gceName("name"),
    gceName("base_instance_name"),
    between("auto_healing_policies.initial_delay_sec", 0, 3600),
  ],
  validate: (config) => [...checkVersions(config), ...checkSurge(config)],
  chosen: (object) => ({
    distribution_policy_target_shape: "EVEN",
    distribution_policy_zones: zonesOf(asText(object["region"])),
    instance_group: "",
    instance_lifecycle_policy: [{ default_action_on_failure: "REPAIR", force_update_on_repair: "NO" }],
    standby_policy: [{ initial_delay_sec: 0, mode: "MANUAL" }],
    status: [
      {
        all_instances_config: [{ current_revision: "", effective: true }],
        is_stable: true,
        stateful: [{ has_stateful_config: false, per_instance_configs: [{ all_effective: true }] }],
        version_target: [{ is_reached: true }],
      },
    ],
    update_policy: [{ minimal_action: "REPLACE", type: "OPPORTUNISTIC", replacement_method: "SUBSTITUTE" }],
  }),
  settle(object) {
    if (object["instance_group"] === "") object["instance_group"] = groupLink(object);
    const zones = asList(object["distribution_policy_zones"]).length || 1;
    for (const policy of asBlocks(object["update_policy"])) {
      choose(policy, {
        max_surge_fixed: policy["max_surge_percent"] ? 0 : zones,
        max_unavailable_fixed: policy["max_unavailable_percent"] ? 0 : zones,
      });
    }
  },
  observe: (object, around) => ({ target_size: sizeOf(object, around) }),
};

/** The provider and the API want: one version without a size, or sizes that add up. */
function checkVersions(config: Values): Diagnostic[] {
  const versions = asBlocks(config["version"]);
  if (!isWhollyKnown(config["version"]) || versions.length < 2) return [];
  const open = versions.filter((version) => asBlocks(version["target_size"]).length === 0).length;
  if (open === 1) return [];
  return [{ summary: `exactly one version must be without target_size, got ${open}`, path: ["version"] }];
}

/** Instances of a regional group are replaced zone by zone. */
function checkSurge(config: Values): Diagnostic[] {
  const zones =
    asList(config["distribution_policy_zones"]).length || zonesOf(asText(config["region"])).length;
  return asBlocks(config["update_policy"]).flatMap((policy): Diagnostic[] => {
    const isRegional = "instance_redistribution_type" in policy;
    const [surge, unavailable] = [
      asNumber(policy["max_surge_fixed"]),
      asNumber(policy["max_unavailable_fixed"]),
    ];
    const problems = [
      ["max_surge_fixed", surge] as const,
      ["max_unavailable_fixed", unavailable] as const,
    ].flatMap(([name, value]) =>
      !isRegional || zones === 0 || value === undefined || value === 0 || value >= zones
        ? []
        : [
            `Invalid value for field 'resource.updatePolicy': ${name} is ${value}; it must be either 0 or at least the number of zones (${zones})`,
          ],
    );
    const isStuck = surge === 0 && unavailable === 0;
    if (isStuck)
      problems.push(
        "max_surge_fixed and max_unavailable_fixed must not both be 0: nothing could ever be replaced",
      );
    return problems.map((summary) => ({ summary, path: ["update_policy"] }));
  });
}

const regions: Readonly<Record<string, readonly string[]>> = gcpCatalog.regions;

function zonesOf(region: string | undefined): string[] {
  return region === undefined
    ? []
    : [...(regions[lastSegment(region)] ?? ["a", "b", "c"].map((zone) => `${region}-${zone}`))];
}

const groupLink = (object: Values): string =>
  String(object["self_link"]).replace("/instanceGroupManagers/", "/instanceGroups/");

/** An autoscaler keeps a group within its limits; without one, a group has the size that it was given. */
function sizeOf(object: Values, around: GoogleSurroundings): number {
  const own = asNumber(object["target_size"]) ?? 0;
  for (const { attributes } of AUTOSCALERS.flatMap((type) => around.list(type))) {
    const isOurs = MANAGERS.some(
      (type) => around.follow(type, attributes["target"], attributes)?.id === object["id"],
    );
    const [policy] = asBlocks(attributes["autoscaling_policy"]);
    if (!isOurs || !policy || policy["mode"] === "OFF") continue;
    return Math.max(own, asNumber(policy["min_replicas"]) ?? 0);
  }
  return own;
}

const autoscaler: Model = {
  computedBlocks: ["autoscaling_policy.cpu_utilization"],
  references: MANAGERS.map((type) => ({ path: "target", type })),
  rules: [
    gceName("name"),
    atLeast("autoscaling_policy.min_replicas", 0),
    atLeast("autoscaling_policy.max_replicas", 1),
    atLeast("autoscaling_policy.scaling_schedules.duration_sec", 300),
    oneOf("autoscaling_policy.mode", ["OFF", "ON", "ONLY_SCALE_OUT", "ONLY_UP"]),
    fraction("autoscaling_policy.cpu_utilization.target"),
  ],
  validate(config) {
    return asBlocks(config["autoscaling_policy"]).flatMap((policy): Diagnostic[] => {
      const [least, most] = [asNumber(policy["min_replicas"]), asNumber(policy["max_replicas"])];
      if (least === undefined || most === undefined || least <= most) return [];
      const summary = `Invalid value for field 'resource.autoscalingPolicy': min_replicas (${least}) must not exceed max_replicas (${most})`;
      return [{ summary, path: ["autoscaling_policy", 0, "min_replicas"] }];
    });
  },
  settle(object) {
    for (const policy of asBlocks(object["autoscaling_policy"])) {
      const hasSignal =
        asBlocks(policy["metric"]).length + asBlocks(policy["load_balancing_utilization"]).length > 0;
      // The API adds this signal when there is no other.
      if (!isUnknown(policy["cpu_utilization"])) continue;
      policy["cpu_utilization"] = hasSignal ? [] : [{ predictive_method: "NONE", target: 0.6 }];
    }
  },
};

/** A share: above 0, at most 1. */
function fraction(path: string): { path: string; check: (value: Value, name: string) => string | undefined } {
  return {
    path,
    check: (value, name) => {
      const number = asNumber(value);
      if (number === undefined || (number > 0 && number <= 1)) return undefined;
      return `expected ${name} to be above 0 and at most 1, got ${number}`;
    },
  };
}

const healthCheck: Model = {
  computedBlocks: ["log_config"],
  rules: [
    between("check_interval_sec", 1, LONGEST_INTERVAL),
    between("timeout_sec", 1, LONGEST_INTERVAL),
    between("healthy_threshold", 1, 10),
    between("unhealthy_threshold", 1, 10),
  ],
  plan({ planned }) {
    const [interval, timeout] = [asNumber(planned["check_interval_sec"]), asNumber(planned["timeout_sec"])];
    planned["type"] = kindOf(planned) ?? planned["type"] ?? null;
    if (interval === undefined || timeout === undefined || timeout <= interval) return;
    throw new Refusal(`timeout_sec (${timeout}) must not be greater than check_interval_sec (${interval})`, [
      "timeout_sec",
    ]);
  },
  chosen: () => ({ log_config: [{ enable: false }] }),
};

/** `HTTP` when there is an http_health_check block. */
function kindOf(object: Values): string | undefined {
  const kinds = ["http", "https", "http2", "tcp", "ssl", "grpc"];
  return kinds.find((kind) => asBlocks(object[`${kind}_health_check`]).length > 0)?.toUpperCase();
}

/** Groups of instances, what scales them and what watches them. */
export const instanceGroupModels: Readonly<Record<string, Model>> = {
  google_compute_region_instance_group_manager: manager,
  google_compute_instance_group_manager: manager,
  google_compute_region_autoscaler: autoscaler,
  google_compute_autoscaler: autoscaler,
  google_compute_health_check: healthCheck,
  google_compute_region_health_check: healthCheck,
};
