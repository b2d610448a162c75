import type { SecretManagerSecretIamMember } from "@cdktf/provider-google/lib/secret-manager-secret-iam-member";
import type { Construct } from "constructs";
import { bridgeLogins } from "../../model/bridge-logins";
import type { Customer } from "../../model/fleet";
import { secretName } from "../../model/names";
import { buildSecretAccess } from "./secret-access";

export interface BridgeSecretAccessProps {
  readonly project: string;
  readonly customer: Customer;
  /** IAM member of the bridges. */
  readonly reader: string;
}

/**
 * Lets a pool's bridges read the passwords that they log in to a customer's brewery Prosody with: those of both
 * accounts, because a bridge from before a rotation asks for its old one when it boots again.
 */
export const buildBridgeSecretAccess = (
  scope: Construct,
  { project, customer, reader }: BridgeSecretAccessProps,
): SecretManagerSecretIamMember[] =>
  bridgeLogins({ secretsVersion: 1 }).map(({ secret }, turn) =>
    buildSecretAccess(scope, `${turn === 0 ? "" : "even-"}password-${customer.id}`, {
      project,
      secret: secretName(customer, secret),
      reader,
    }),
  );
