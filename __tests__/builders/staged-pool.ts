import { KEEPER_PERMISSIONS } from "../../model/keeper-permissions";
import { STORAGE_PERMISSIONS } from "../../sandbox/stage/pool-objects";
import type { AutoscalingPolicy, PoolObjects } from "../../sandbox/stage/pool-objects";

/** The example's pool on Google, as Compute Engine would show it. */
export const aStagedPool = (
  policy: Partial<AutoscalingPolicy> = {},
  overrides: Partial<PoolObjects> = {},
): PoolObjects => ({
  project: "acme-meet-prod",
  region: "europe-west4",
  zones: ["europe-west4-a", "europe-west4-b", "europe-west4-c"],
  group: {
    name: "acme-eu-burst",
    baseInstanceName: "acme-eu-burst",
    listManagedInstancesResults: "PAGELESS",
    autoHealing: { initialDelaySec: 600, checkIntervalSec: 10, unhealthyThreshold: 10 },
  },
  template: aTemplate(),
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
      ...policy,
    },
  },
  permissions: [...KEEPER_PERMISSIONS, ...STORAGE_PERMISSIONS],
  ...overrides,
});

/** A template of that pool. @param release of Jitsi */
export const aTemplate = (name = "acme-eu-burst-579489a7", release = "stable-11146-2") => ({
  name,
  machineType: "n2-standard-4",
  labels: { "fleet-account": "acme", "fleet-pool": "eu-burst", "fleet-release": release },
});
