import { ComputeHealthCheck } from "@cdktf/provider-google/lib/compute-health-check";
import { ComputeRegionAutoscaler } from "@cdktf/provider-google/lib/compute-region-autoscaler";
import { ComputeRegionInstanceGroupManager } from "@cdktf/provider-google/lib/compute-region-instance-group-manager";
import type { ComputeRegionInstanceTemplate } from "@cdktf/provider-google/lib/compute-region-instance-template";
import type { ITerraformDependable } from "cdktf";
import type { Construct } from "constructs";
import type { GcpPool } from "../../model/fleet";
import { bridgePoolName } from "../../model/names";
import { STRESS_METRIC } from "./stress-metric";

export interface BridgeGroupProps {
  readonly pool: GcpPool;
  /** Zones that the region has; a regional group asks for at least one surge machine for each that it uses. */
  readonly zonesOfRegion: number;
  readonly template: ComputeRegionInstanceTemplate;
  /** What a bridge reads while it boots. */
  readonly dependsOn: ITerraformDependable[];
}

/** A bridge gets this long before its health counts, and twice its boot time when that is longer; at most an hour. */
const MIN_WARM_UP_SECONDS = 600;
const MAX_WARM_UP_SECONDS = 3600;

/**
 * The bridges of one pool, and what adds to them. No setting here may take a bridge away, because the cloud would pick
 * any one, with its calls: growth is automatic, every removal is asked for by name.
 *
 *   template --> group <-- autoscaler
 *                  ^
 *             health check
 */
export function buildBridgeGroup(scope: Construct, props: BridgeGroupProps): void {
  const { pool, template } = props;
  const name = bridgePoolName(pool);

  // Lax: a failed check recreates the machine, and its calls end. 10 misses in 10 s steps are a hang, not a hiccup.
  const healthCheck = new ComputeHealthCheck(scope, "health", {
    name,
    checkIntervalSec: 10,
    timeoutSec: 5,
    healthyThreshold: 1,
    unhealthyThreshold: 10,
    httpHealthCheck: { port: 8080, requestPath: "/about/health" },
  });

  // No target size: it belongs to the autoscaler.
  const group = new ComputeRegionInstanceGroupManager(scope, "group", {
    name,
    baseInstanceName: name,
    region: pool.region,
    // Left out, Google chooses, and keeps to it. Zones from our catalogue would replace the group, with all of its
    // calls, as soon as the catalogue learns another one.
    ...(pool.zones && { distributionPolicyZones: [...pool.zones].sort() }),
    distributionPolicyTargetShape: "BALANCED",
    version: [{ instanceTemplate: template.selfLink }],
    autoHealingPolicies: {
      healthCheck: healthCheck.id,
      initialDelaySec: Math.min(
        MAX_WARM_UP_SECONDS,
        Math.max(MIN_WARM_UP_SECONDS, 2 * pool.scaling.bootSeconds),
      ),
    },
    instanceLifecyclePolicy: { defaultActionOnFailure: "REPAIR", forceUpdateOnRepair: "YES" },
    updatePolicy: {
      type: "OPPORTUNISTIC", // PROACTIVE would roll over live bridges at each new template
      instanceRedistributionType: "NONE", // PROACTIVE would delete live bridges to even out the zones
      minimalAction: "REPLACE",
      replacementMethod: "SUBSTITUTE",
      maxSurgeFixed: pool.zones?.length ?? props.zonesOfRegion, // the least that a regional group takes
      maxUnavailableFixed: 0,
    },
    dependsOn: props.dependsOn,
  });

  new ComputeRegionAutoscaler(scope, "autoscaler", {
    // A group that has an autoscaler cannot be deleted: when the group is replaced, this goes first and comes back.
    lifecycle: {
      replaceTriggeredBy: [`google_compute_region_instance_group_manager.${group.friendlyUniqueId}.id`],
    },
    name,
    region: pool.region,
    target: group.id,
    autoscalingPolicy: {
      mode: "ONLY_SCALE_OUT",
      minReplicas: pool.size.min,
      maxReplicas: pool.size.max,
      cooldownPeriod: pool.scaling.bootSeconds,
      cpuUtilization: { target: pool.scaling.targetCpu, predictiveMethod: "NONE" },
      metric: [{ name: STRESS_METRIC, type: "GAUGE", target: pool.scaling.targetStress }],
      scalingSchedules: Object.entries(pool.scaling.schedules)
        .sort(([a], [b]) => (a < b ? -1 : 1))
        .map(([schedule, { start, durationMinutes, minBridges, timeZone }]) => ({
          name: schedule,
          schedule: start,
          durationSec: durationMinutes * 60,
          minRequiredReplicas: minBridges,
          timeZone,
        })),
    },
  });
}
