import { SecretManagerSecretIamMember } from "@cdktf/provider-google/lib/secret-manager-secret-iam-member";
import type { Construct } from "constructs";

export interface CertificateAccessProps {
  readonly project: string;
  /** Name of the secret, which people made. */
  readonly secret: string;
  /** IAM member of the server. */
  readonly reader: string;
}

/** Lets a server read the customer's own certificate. The secret itself is not ours: its deploy fails where there is none. */
export const buildCertificateAccess = (
  scope: Construct,
  { project, secret, reader }: CertificateAccessProps,
): SecretManagerSecretIamMember =>
  new SecretManagerSecretIamMember(scope, "certificate-reader", {
    project,
    secretId: secret,
    role: "roles/secretmanager.secretAccessor",
    member: reader,
  });
