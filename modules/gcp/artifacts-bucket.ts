import { StorageBucket } from "@cdktf/provider-google/lib/storage-bucket";
import type { ITerraformDependable } from "cdktf";
import type { Construct } from "constructs";
import { artifactsBucketName, KEEPER_PREFIX } from "../../model/names";

export interface ArtifactsBucketProps {
  readonly project: string;
  /** Region of the bucket when it is created; later values are ignored, because a bucket cannot move. */
  readonly location: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly protect: boolean;
  /** Whether keepers keep their objects in it. */
  readonly keepers: boolean;
  readonly dependsOn: ITerraformDependable[];
}

/**
 * Where programs for the account's machines are put: private, and every version is kept. Of what a keeper writes twice a
 * minute, older versions go after a day.
 */
export function buildArtifactsBucket(scope: Construct, props: ArtifactsBucketProps): StorageBucket {
  return new StorageBucket(scope, "artifacts", {
    name: artifactsBucketName(props.project),
    location: props.location,
    labels: props.labels,
    uniformBucketLevelAccess: true,
    publicAccessPrevention: "enforced",
    versioning: { enabled: true },
    ...(props.keepers && {
      lifecycleRule: [
        {
          action: { type: "Delete" },
          condition: { matchesPrefix: [KEEPER_PREFIX], daysSinceNoncurrentTime: 1 },
        },
      ],
    }),
    // Programs of before are Terraform's no more, and keepers write without it: they would hold the bucket for ever.
    forceDestroy: !props.protect,
    dependsOn: props.dependsOn,
    lifecycle: { preventDestroy: props.protect, ignoreChanges: ["location"] },
  });
}
