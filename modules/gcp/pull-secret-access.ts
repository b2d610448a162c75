import { SecretManagerSecretIamMember } from "@cdktf/provider-google/lib/secret-manager-secret-iam-member";
import type { Construct } from "constructs";

export interface PullSecretAccessProps {
  readonly project: string;
  /** Name of the secret, which people made. */
  readonly secret: string;
  /** IAM member of the machines. */
  readonly reader: string;
}

/** Lets machines read the login to private registries. The secret itself belongs to no stack. */
export const buildPullSecretAccess = (
  scope: Construct,
  { project, secret, reader }: PullSecretAccessProps,
): SecretManagerSecretIamMember =>
  new SecretManagerSecretIamMember(scope, "pull-secret-reader", {
    project,
    secretId: secret,
    role: "roles/secretmanager.secretAccessor",
    member: reader,
  });
