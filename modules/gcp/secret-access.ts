import { SecretManagerSecretIamMember } from "@cdktf/provider-google/lib/secret-manager-secret-iam-member";
import type { Construct } from "constructs";

export interface SecretAccessProps {
  readonly project: string;
  /** Name of the secret. One that people made belongs to no stack, and the apply is refused where there is none. */
  readonly secret: string;
  /** IAM member of the machines. */
  readonly reader: string;
}

/** Lets machines read one secret, and nothing else of it. */
export const buildSecretAccess = (
  scope: Construct,
  id: string,
  { project, secret, reader }: SecretAccessProps,
): SecretManagerSecretIamMember =>
  new SecretManagerSecretIamMember(scope, id, {
    project,
    secretId: secret,
    role: "roles/secretmanager.secretAccessor",
    member: reader,
  });
