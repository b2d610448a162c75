import { StorageBucket } from "@cdktf/provider-google/lib/storage-bucket";
import type { ITerraformDependable } from "cdktf";
import type { Construct } from "constructs";
import { artifactsBucketName } from "../../model/names";

export interface ArtifactsBucketProps {
  readonly project: string;
  /** Region of the bucket when it is created; later values are ignored, because a bucket cannot move. */
  readonly location: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly protect: boolean;
  readonly dependsOn: ITerraformDependable[];
}

/** Where programs for the account's machines are put: private, and every version is kept. */
export function buildArtifactsBucket(scope: Construct, props: ArtifactsBucketProps): void {
  new StorageBucket(scope, "artifacts", {
    name: artifactsBucketName(props.project),
    location: props.location,
    labels: props.labels,
    uniformBucketLevelAccess: true,
    publicAccessPrevention: "enforced",
    versioning: { enabled: true },
    dependsOn: props.dependsOn,
    lifecycle: { preventDestroy: props.protect, ignoreChanges: ["location"] },
  });
}
