import { blockOf } from "./blocks";
import type { Policy, Resource } from "./policy";

export const checkBucketAccess: Policy = {
  id: "bucket-access",
  rule: "Buckets are private, ruled by IAM alone, versioned, and not emptied by a destroy.",
  reason: "Programs that machines run and the keeper's memory would be public, or gone after a slip.",
  fix: "Set public_access_prevention, uniform_bucket_level_access and versioning, and leave force_destroy false.",
  check: ({ resources }) => resources.flatMap((on) => problemsOf(on).map((message) => ({ on, message }))),
};

const problemsOf = ({ type, attributes }: Resource): string[] => [
  ...(/^google_storage_.*(?:acl|access_control)$/.test(type)
    ? ["an access list beside IAM; nobody sees from the roles who may read; grant a role instead"]
    : []),
  ...(type === "google_storage_bucket" ? bucketProblems(attributes) : []),
];

const bucketProblems = (bucket: Resource["attributes"]): string[] => [
  ...(bucket["public_access_prevention"] === "enforced"
    ? []
    : ['public_access_prevention is not "enforced"; one grant would make it public; set it to "enforced"']),
  ...(bucket["uniform_bucket_level_access"] === true
    ? []
    : ["uniform_bucket_level_access is not true; lists of single objects could open them; set it to true"]),
  ...(blockOf(bucket, "versioning")["enabled"] === true
    ? []
    : ["versioning is not on; what is overwritten by mistake is gone; set versioning.enabled to true"]),
  ...((bucket["force_destroy"] ?? false) !== false
    ? ["force_destroy is not false; a destroy would empty the bucket first; set it to false"]
    : []),
];
