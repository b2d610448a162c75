import { ComputeDisk } from "@cdktf/provider-google/lib/compute-disk";
import { ComputeDiskResourcePolicyAttachment } from "@cdktf/provider-google/lib/compute-disk-resource-policy-attachment";
import { ComputeResourcePolicy } from "@cdktf/provider-google/lib/compute-resource-policy";
import type { Construct } from "constructs";
import type { Customer } from "../../model/fleet";
import { dataDiskName } from "../../model/names";

export interface DataDiskProps {
  readonly customer: Customer;
  readonly region: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly protect: boolean;
}

/**
 * What a server must not lose, on a disk that outlives it.
 *
 *   disk <-- attachment <-- daily snapshots
 */
export function buildDataDisk(scope: Construct, props: DataDiskProps): ComputeDisk {
  const { customer, region, labels, protect } = props;
  const disk = new ComputeDisk(scope, "data", {
    name: dataDiskName(customer),
    zone: customer.server.zone,
    type: customer.server.dataDiskType,
    size: customer.server.dataDiskGb,
    labels,
    // People restore a disk from a snapshot under the same name; Terraform would otherwise want to replace it at once.
    lifecycle: { preventDestroy: protect, ignoreChanges: ["snapshot"] },
  });
  const snapshots = new ComputeResourcePolicy(scope, "data-snapshots", {
    name: dataDiskName(customer),
    region,
    snapshotSchedulePolicy: {
      schedule: { dailySchedule: { daysInCycle: 1, startTime: customer.snapshots.startTimeUtc } },
      retentionPolicy: {
        maxRetentionDays: customer.snapshots.retentionDays,
        onSourceDiskDelete: "KEEP_AUTO_SNAPSHOTS",
      },
      snapshotProperties: { labels },
    },
  });
  new ComputeDiskResourcePolicyAttachment(scope, "data-snapshots-on-disk", {
    name: snapshots.name,
    disk: disk.name,
    zone: customer.server.zone,
  });
  return disk;
}
