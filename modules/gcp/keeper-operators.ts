import type { StorageBucket } from "@cdktf/provider-google/lib/storage-bucket";
import { StorageBucketIamMember } from "@cdktf/provider-google/lib/storage-bucket-iam-member";
import { TerraformIterator } from "cdktf";
import type { Construct } from "constructs";
import { artifactsBucketName, KEEPER_PREFIX } from "../../model/names";
import { belowPrefix } from "./below-prefix";

export interface KeeperOperatorsProps {
  readonly project: string;
  readonly bucket: StorageBucket;
  /** IAM members such as `group:ops@acme.example`; at least one. */
  readonly operators: readonly string[];
}

/** Lets people read what the keepers of the account say, and order them about (`fleet keeper`). */
export function buildKeeperOperators(
  scope: Construct,
  { project, bucket, operators }: KeeperOperatorsProps,
): void {
  const each = TerraformIterator.fromList([...operators].sort());
  new StorageBucketIamMember(scope, "keeper-operators", {
    forEach: each,
    bucket: bucket.name,
    // The least that may write an object anew: that deletes the one of before.
    role: "roles/storage.objectUser",
    member: each.value,
    condition: belowPrefix(artifactsBucketName(project), KEEPER_PREFIX, "objects of keepers"),
  });
}
