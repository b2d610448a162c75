import { createHash } from "node:crypto";
import { ComputeRegionInstanceTemplate } from "@cdktf/provider-google/lib/compute-region-instance-template";
import type { ITerraformDependable } from "cdktf";
import type { Construct } from "constructs";
import type { GcpPool } from "../../model/fleet";
import { bridgeTemplateName } from "../../model/names";
import { GCP_UBUNTU_IMAGE } from "../../model/versions";
import { GCP_MACHINE } from "./machine-settings";

export interface BridgeTemplateProps {
  readonly pool: GcpPool;
  /** Link of the subnet. */
  readonly subnetwork: string;
  /** Of the bridges' service account; plain text, because it is part of the name. */
  readonly serviceAccountEmail: string;
  /** Instance metadata; values may be Terraform expressions. */
  readonly metadata: Readonly<Record<string, string>>;
  /** Changes whenever what the metadata evaluates to changes. */
  readonly metadataFingerprint: string;
  /** Of the machines: with the release, by which the pool's keeper tells them apart. */
  readonly labels: Readonly<Record<string, string>>;
  readonly diskLabels: Readonly<Record<string, string>>;
  /** What must be there before the template, at least the service account. */
  readonly dependsOn: ITerraformDependable[];
}

/**
 * What a new bridge of a pool is made from. A template cannot change: each set of inputs makes a new one, named after
 * all of them, and running bridges keep theirs.
 */
export function buildBridgeTemplate(
  scope: Construct,
  props: BridgeTemplateProps,
): ComputeRegionInstanceTemplate {
  const { pool } = props;
  const settings = {
    ...GCP_MACHINE,
    region: pool.region,
    machineType: pool.machineType,
    labels: props.labels,
    disk: [
      {
        boot: true,
        autoDelete: true,
        sourceImage: GCP_UBUNTU_IMAGE,
        diskType: "pd-balanced",
        diskSizeGb: pool.bootDiskGb,
        labels: props.diskLabels,
      },
    ],
    networkInterface: [
      { subnetwork: props.subnetwork, nicType: "GVNIC", accessConfig: [{ networkTier: "PREMIUM" }] },
    ],
    serviceAccount: { email: props.serviceAccountEmail, scopes: ["cloud-platform"] },
  };
  const digest = createHash("sha256")
    .update(JSON.stringify([settings, props.metadataFingerprint]))
    .digest("hex");

  return new ComputeRegionInstanceTemplate(scope, "template", {
    ...settings,
    name: bridgeTemplateName(pool, digest.slice(0, 8)),
    metadata: props.metadata,
    dependsOn: props.dependsOn,
    lifecycle: { createBeforeDestroy: true },
  });
}
