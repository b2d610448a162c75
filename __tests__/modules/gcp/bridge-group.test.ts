import { buildBridgeGroup } from "../../../modules/gcp/bridge-group";
import { buildBridgeTemplate } from "../../../modules/gcp/bridge-template";
import type { GcpPool } from "../../../model/fleet";
import { aGcpPool } from "../../builders/fleet";
import { terraformOf } from "../../builders/terraform";

const group = (pool: GcpPool = aGcpPool(), zonesOfRegion = 3) => {
  const { resource } = terraformOf((stack) => {
    const template = buildBridgeTemplate(stack, {
      pool,
      subnetwork: "subnet",
      serviceAccountEmail: "jvb@example",
      metadata: {},
      metadataFingerprint: "",
      labels: {},
      diskLabels: {},
      dependsOn: [],
    });
    buildBridgeGroup(stack, { pool, zonesOfRegion, template, dependsOn: [] });
  });
  return {
    manager: resource.google_compute_region_instance_group_manager.group,
    autoscaler: resource.google_compute_region_autoscaler.autoscaler,
    healthCheck: resource.google_compute_health_check.health,
  };
};

const withScaling = (scaling: Partial<GcpPool["scaling"]>) =>
  aGcpPool({ scaling: { ...aGcpPool().scaling, ...scaling } });

describe("buildBridgeGroup", () => {
  it("never lets the cloud take a bridge away", () => {
    const { manager, autoscaler } = group();
    expect(autoscaler.autoscaling_policy.mode).toBe("ONLY_SCALE_OUT");
    expect(manager.update_policy).toMatchObject({
      type: "OPPORTUNISTIC",
      instance_redistribution_type: "NONE",
    });
    expect(manager).not.toHaveProperty("target_size");
  });

  it("allows a surge of one bridge per zone, the least that a regional group takes", () => {
    const surge = (pool: GcpPool) => group(pool, 4).manager.update_policy;
    expect(surge(aGcpPool())).toMatchObject({ max_surge_fixed: 4, max_unavailable_fixed: 0 });
    expect(surge(aGcpPool({ zones: ["europe-west4-b"] }))).toMatchObject({ max_surge_fixed: 1 });
  });

  it("names the pool's zones, sorted, and none when it has none: a zone more would replace the group", () => {
    const { manager } = group(aGcpPool({ zones: ["europe-west4-b", "europe-west4-a"] }));
    expect(manager.distribution_policy_zones).toEqual(["europe-west4-a", "europe-west4-b"]);
    expect(group().manager).not.toHaveProperty("distribution_policy_zones");
    expect(group(aGcpPool(), 4).manager).not.toHaveProperty("distribution_policy_zones");
  });

  it("grows by the larger of processor use and stress, within the pool's size", () => {
    const { autoscaler } = group(
      aGcpPool({
        size: { min: 2, max: 9 },
        scaling: { ...aGcpPool().scaling, targetCpu: 0.6, targetStress: 0.4 },
      }),
    );
    expect(autoscaler.autoscaling_policy).toMatchObject({
      min_replicas: 2,
      max_replicas: 9,
      cpu_utilization: { target: 0.6, predictive_method: "NONE" },
      metric: [{ name: "custom.googleapis.com/jitsi/jvb/stress_level_mean", type: "GAUGE", target: 0.4 }],
    });
  });

  it("gives schedules in seconds, by name, whatever the order of the file", () => {
    const evening = { start: "0 19 * * *", durationMinutes: 5, minBridges: 3, timeZone: "UTC" };
    const day = {
      start: "45 7 * * MON-FRI",
      durationMinutes: 600,
      minBridges: 4,
      timeZone: "Europe/Amsterdam",
    };
    const { autoscaler } = group(withScaling({ schedules: { evening, day } }));
    expect(autoscaler.autoscaling_policy.scaling_schedules).toEqual([
      {
        name: "day",
        schedule: "45 7 * * MON-FRI",
        duration_sec: 36_000,
        min_required_replicas: 4,
        time_zone: "Europe/Amsterdam",
      },
      {
        name: "evening",
        schedule: "0 19 * * *",
        duration_sec: 300,
        min_required_replicas: 3,
        time_zone: "UTC",
      },
    ]);
  });

  it.each([
    [15, 600],
    [300, 600],
    [301, 602],
    [3600, 3600],
  ])("judges the health of a bridge that boots in %i s only after %i s", (bootSeconds, initialDelay) => {
    const { manager, autoscaler } = group(withScaling({ bootSeconds }));
    expect(manager.auto_healing_policies.initial_delay_sec).toBe(initialDelay);
    expect(autoscaler.autoscaling_policy.cooldown_period).toBe(bootSeconds);
  });

  it("recreates a bridge only after a long silence", () => {
    const { check_interval_sec, unhealthy_threshold, http_health_check } = group().healthCheck;
    expect(check_interval_sec * unhealthy_threshold).toBeGreaterThanOrEqual(60);
    expect(http_health_check).toEqual({ port: 8080, request_path: "/about/health" });
  });
});
