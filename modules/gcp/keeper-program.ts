import { StorageBucketObject } from "@cdktf/provider-google/lib/storage-bucket-object";
import type { StorageBucket } from "@cdktf/provider-google/lib/storage-bucket";
import type { Construct } from "constructs";
import { keeperProgramObject } from "../../model/names";

export interface KeeperProgramProps {
  readonly bucket: StorageBucket;
  /** Path of the program below the stack's directory. */
  readonly file: string;
  /** SHA-256 of its text, in hex. */
  readonly sha256: string;
}

/**
 * The keeper's program of this checkout, for the servers of the account. Another program is another object, and the one of
 * before stays: servers that were not deployed since still start it.
 */
export function buildKeeperProgram(scope: Construct, { bucket, file, sha256 }: KeeperProgramProps): void {
  new StorageBucketObject(scope, "keeper-program", {
    bucket: bucket.name,
    name: keeperProgramObject(sha256),
    source: file,
    contentType: "text/javascript",
    deletionPolicy: "ABANDON",
    lifecycle: { createBeforeDestroy: true },
  });
}
