import type { ComputeAddress } from "@cdktf/provider-google/lib/compute-address";
import type { ComputeDisk } from "@cdktf/provider-google/lib/compute-disk";
import { ComputeInstance } from "@cdktf/provider-google/lib/compute-instance";
import type { ServiceAccount } from "@cdktf/provider-google/lib/service-account";
import type { ITerraformDependable } from "cdktf";
import type { Construct } from "constructs";
import type { Customer } from "../../model/fleet";
import { serverName } from "../../model/names";
import { GCP_UBUNTU_IMAGE } from "../../model/versions";
import { GCP_MACHINE } from "./machine-settings";

export interface AppServerProps {
  readonly customer: Customer;
  /** Link of the subnet. */
  readonly subnetwork: string;
  readonly address: ComputeAddress;
  readonly dataDisk: ComputeDisk;
  readonly identity: ServiceAccount;
  /** Instance metadata: cloud-init and files. A change is in place; the machine follows files within seconds. */
  readonly metadata: Readonly<Record<string, string>>;
  readonly labels: Readonly<Record<string, string>>;
  readonly protect: boolean;
  /** What the machine reads while it boots. */
  readonly dependsOn: ITerraformDependable[];
}

/**
 * The customer's app server.
 *
 *   address, data disk, service account --> server
 */
export function buildAppServer(scope: Construct, props: AppServerProps): ComputeInstance {
  const { server } = props.customer;
  return new ComputeInstance(scope, "server", {
    ...GCP_MACHINE,
    name: serverName(props.customer),
    zone: server.zone,
    machineType: server.machineType,
    labels: props.labels,
    // Labels of the boot disk are left out: they could only change with the whole machine.
    bootDisk: {
      initializeParams: { image: GCP_UBUNTU_IMAGE, size: server.bootDiskGb, type: "pd-balanced" },
    },
    attachedDisk: [{ source: props.dataDisk.id, deviceName: "data" }],
    networkInterface: [
      {
        subnetwork: props.subnetwork,
        nicType: "GVNIC",
        accessConfig: [{ natIp: props.address.address, networkTier: "PREMIUM" }],
      },
    ],
    metadata: props.metadata,
    serviceAccount: { email: props.identity.email, scopes: ["cloud-platform"] },
    allowStoppingForUpdate: true,
    deletionProtection: props.protect,
    dependsOn: props.dependsOn,
    // The image is for new machines. A server is not replaced because there is a newer one.
    lifecycle: { ignoreChanges: ["boot_disk[0].initialize_params[0].image"] },
  });
}
