import type { SecretManagerSecretIamMember } from "@cdktf/provider-google/lib/secret-manager-secret-iam-member";
import type { Construct } from "constructs";
import type { Customer, GcpPool } from "../../model/fleet";
import { secretName } from "../../model/names";
import { bridgeLogins, telemetryLogins } from "../../model/turns";
import { buildSecretAccess } from "./secret-access";

export interface BridgeSecretAccessProps {
  readonly project: string;
  readonly pool: GcpPool;
  readonly customer: Customer;
  /** IAM member of the bridges. */
  readonly reader: string;
}

/**
 * Lets a pool's bridges read the passwords that they log in to a customer's brewery Prosody with, and write
 * measurements to his InfluxDB with: those of both accounts, because a bridge from before a rotation asks for its old
 * one when it boots again.
 */
export const buildBridgeSecretAccess = (
  scope: Construct,
  { project, pool, customer, reader }: BridgeSecretAccessProps,
): SecretManagerSecretIamMember[] => {
  const odd = { secretsVersion: 1 };
  const logins = { password: bridgeLogins(odd), telemetry: telemetryLogins(odd, pool) };
  return Object.entries(logins).flatMap(([purpose, turns]) =>
    turns.map(({ secret }, turn) =>
      buildSecretAccess(scope, `${turn === 0 ? "" : "even-"}${purpose}-${customer.id}`, {
        project,
        secret: secretName(customer, secret),
        reader,
      }),
    ),
  );
};
