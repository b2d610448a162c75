import { ProjectIamMember } from "@cdktf/provider-google/lib/project-iam-member";
import { StorageBucketIamMember } from "@cdktf/provider-google/lib/storage-bucket-iam-member";
import { TerraformIterator } from "cdktf";
import type { Construct } from "constructs";
import type { GcpPool } from "../../model/fleet";
import {
  artifactsBucketName,
  bridgePoolName,
  keeperRole,
  keeperStorePrefix,
  PROGRAMS_PREFIX,
} from "../../model/names";
import { belowPrefix } from "./below-prefix";

export interface KeeperAccessProps {
  readonly project: string;
  /** The pools that the server looks after; at least one. */
  readonly pools: readonly GcpPool[];
  /** IAM member of the server. */
  readonly server: string;
}

/**
 * What the keeper on a server may do. Role and bucket are the account's, so that stack is deployed first.
 *
 *   server --> role of keepers, in the project
 *     |------> programs: read
 *     '------> objects of each of its pools: read and write
 */
export function buildKeeperAccess(scope: Construct, { project, pools, server }: KeeperAccessProps): void {
  const bucket = artifactsBucketName(project);
  new ProjectIamMember(scope, "keeper", { project, role: keeperRole(project), member: server });
  new StorageBucketIamMember(scope, "keeper-program-reader", {
    bucket,
    role: "roles/storage.objectViewer",
    member: server,
    condition: belowPrefix(bucket, PROGRAMS_PREFIX, "programs"),
  });
  const each = TerraformIterator.fromMap(
    Object.fromEntries(pools.map((pool) => [bridgePoolName(pool), keeperStorePrefix(pool)])),
  );
  new StorageBucketIamMember(scope, "keeper-store", {
    forEach: each,
    bucket,
    // The least that may write an object anew: that deletes the one of before.
    role: "roles/storage.objectUser",
    member: server,
    condition: belowPrefix(bucket, each.value, `keeper of ${each.key}`),
  });
}
