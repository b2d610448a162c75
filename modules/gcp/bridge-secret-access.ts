import { SecretManagerSecretIamMember } from "@cdktf/provider-google/lib/secret-manager-secret-iam-member";
import type { Construct } from "constructs";
import type { Customer } from "../../model/fleet";
import { secretName } from "../../model/names";

export interface BridgeSecretAccessProps {
  readonly project: string;
  readonly customer: Customer;
  /** IAM member of the bridges. */
  readonly reader: string;
}

/** Lets a pool's bridges read the one password that they log in to a customer's brewery Prosody with. */
export const buildBridgeSecretAccess = (
  scope: Construct,
  { project, customer, reader }: BridgeSecretAccessProps,
): SecretManagerSecretIamMember =>
  new SecretManagerSecretIamMember(scope, `password-${customer.id}`, {
    project,
    secretId: secretName(customer, "jvb-auth-password"),
    role: "roles/secretmanager.secretAccessor",
    member: reader,
  });
