/** What Terraform made of one pool, as far as the stage plays it; the words are those of Compute Engine's API. */
export interface PoolObjects {
  readonly project: string;
  readonly region: string;
  readonly zones: readonly string[];
  readonly group: GroupObject;
  readonly template: TemplateObject;
  readonly autoscaler: AutoscalerObject;
  /** What the keeper's role allows, and its conditions on the bucket. */
  readonly permissions: readonly string[];
}

export interface GroupObject {
  readonly name: string;
  readonly baseInstanceName: string;
  /** Whether answers of `listManagedInstances` come in pages; the API's default is that they do not. */
  readonly listManagedInstancesResults: "PAGELESS" | "PAGINATED";
  /** Undefined: the group has no health check. */
  readonly autoHealing: AutoHealing | undefined;
}

export interface AutoHealing {
  readonly initialDelaySec: number;
  readonly checkIntervalSec: number;
  readonly unhealthyThreshold: number;
}

export interface TemplateObject {
  readonly name: string;
  readonly machineType: string;
  readonly labels: Readonly<Record<string, string>>;
}

export interface AutoscalerObject {
  readonly name: string;
  readonly policy: AutoscalingPolicy;
}

export interface AutoscalingPolicy {
  readonly minNumReplicas: number;
  readonly maxNumReplicas: number;
  readonly coolDownPeriodSec: number;
  readonly mode: "ON" | "ONLY_SCALE_OUT" | "OFF";
  readonly cpuUtilization?: { readonly utilizationTarget: number; readonly predictiveMethod?: string };
  readonly customMetricUtilizations?: readonly {
    readonly metric: string;
    readonly utilizationTarget: number;
    readonly utilizationTargetType: string;
  }[];
  /** They are shown, and ask for no machine: hours of a day do not fit a day that takes minutes. */
  readonly scalingSchedules?: Readonly<Record<string, object>>;
}

/**
 * What a keeper may do with its objects in Cloud Storage: roles/storage.objectUser below a prefix. A list is asked of the
 * bucket, so it has none.
 */
export const STORAGE_PERMISSIONS: readonly string[] = [
  "storage.objects.create",
  "storage.objects.delete",
  "storage.objects.get",
];
