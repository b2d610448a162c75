import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { KEEPER_PERMISSIONS } from "../../../model/keeper-permissions";
import { STORAGE_PERMISSIONS } from "../../../sandbox/stage/pool-objects";
import { storedPool } from "../../../sandbox/stage/stored-pool";
import { CloudStore } from "../../../sandbox/store/cloud-store";

const directory = mkdtempSync(join(tmpdir(), "stored-pool-"));
afterAll(() => rmSync(directory, { recursive: true }));

const ADDRESS = { project: "acme-meet-prod", region: "europe-west4", group: "acme-eu-burst" };
const REGION = "projects/acme-meet-prod/regions/europe-west4";
const CHECK = "projects/acme-meet-prod/global/healthChecks/acme-eu-burst";

/** As the providers of a rehearsal leave it. */
function stored(): CloudStore {
  const store = new CloudStore(join(directory, "clouds.json"));
  const put = (type: string, id: string, object: Parameters<CloudStore["put"]>[3]): void =>
    store.put("google", `google_compute_${type}`, id, object);
  put("region_instance_group_manager", `${REGION}/instanceGroupManagers/acme-eu-burst`, {
    base_instance_name: "acme-eu-burst",
    distribution_policy_zones: ["europe-west4-a", "europe-west4-b", "europe-west4-c"],
    auto_healing_policies: [{ health_check: CHECK, initial_delay_sec: 600 }],
    version: [
      {
        instance_template: `https://www.googleapis.com/compute/v1/${REGION}/instanceTemplates/acme-eu-burst-1`,
      },
    ],
  });
  put("region_autoscaler", `${REGION}/autoscalers/acme-eu-burst`, {
    autoscaling_policy: [
      {
        min_replicas: 2,
        max_replicas: 8,
        cooldown_period: 150,
        mode: "ONLY_SCALE_OUT",
        cpu_utilization: [{ predictive_method: "NONE", target: "0.55" }],
        metric: [{ name: "custom.googleapis.com/jitsi/jvb/stress_level_mean", target: 0.5, type: "GAUGE" }],
        scaling_schedules: [
          {
            name: "working-day",
            schedule: "45 7 * * MON-FRI",
            min_required_replicas: 3,
            duration_sec: 36_000,
            time_zone: "UTC",
          },
        ],
      },
    ],
  });
  for (const number of [1, 2]) {
    put("region_instance_template", `${REGION}/instanceTemplates/acme-eu-burst-${number}`, {
      name: `acme-eu-burst-${number}`,
      machine_type: "n2-standard-4",
      effective_labels: { "fleet-pool": "eu-burst" },
    });
  }
  put("health_check", CHECK, { check_interval_sec: 10, unhealthy_threshold: 10 });
  return store;
}

describe("storedPool", () => {
  it("is what Terraform made of a pool, in the words of Compute Engine's API", () => {
    expect(storedPool(stored(), ADDRESS)).toEqual({
      project: "acme-meet-prod",
      region: "europe-west4",
      zones: ["europe-west4-a", "europe-west4-b", "europe-west4-c"],
      group: {
        name: "acme-eu-burst",
        baseInstanceName: "acme-eu-burst",
        listManagedInstancesResults: "PAGELESS",
        autoHealing: { initialDelaySec: 600, checkIntervalSec: 10, unhealthyThreshold: 10 },
      },
      template: {
        name: "acme-eu-burst-1",
        machineType: "n2-standard-4",
        labels: { "fleet-pool": "eu-burst" },
      },
      autoscaler: {
        name: "acme-eu-burst",
        policy: {
          minNumReplicas: 2,
          maxNumReplicas: 8,
          coolDownPeriodSec: 150,
          mode: "ONLY_SCALE_OUT",
          cpuUtilization: { utilizationTarget: 0.55, predictiveMethod: "NONE" },
          customMetricUtilizations: [
            {
              metric: "custom.googleapis.com/jitsi/jvb/stress_level_mean",
              utilizationTarget: 0.5,
              utilizationTargetType: "GAUGE",
            },
          ],
          scalingSchedules: {
            "working-day": {
              schedule: "45 7 * * MON-FRI",
              minRequiredReplicas: 3,
              durationSec: 36_000,
              timeZone: "UTC",
            },
          },
        },
      },
      permissions: [...KEEPER_PERMISSIONS, ...STORAGE_PERMISSIONS],
    });
  });

  it("allows what the deployed role allows", () => {
    const store = stored();
    const permissions = ["compute.instanceGroupManagers.get"];
    store.put("google", "google_project_iam_custom_role", "projects/acme-meet-prod/roles/fleetKeeper", {
      permissions,
    });
    expect(storedPool(store, ADDRESS)?.permissions).toEqual([...permissions, ...STORAGE_PERMISSIONS]);
  });

  it("is nothing while a part of it is missing", () => {
    const store = stored();
    store.remove("google", "google_compute_region_autoscaler", `${REGION}/autoscalers/acme-eu-burst`);
    expect(storedPool(store, ADDRESS)).toBe(undefined);
    expect(storedPool(stored(), { ...ADDRESS, group: "acme-us-burst" })).toBe(undefined);
  });
});
