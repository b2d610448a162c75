import { bridgeLogins } from "../../model/bridge-logins";
import type { Customer } from "../../model/fleet";
import type { CustomerSecret } from "../../model/names";
import { JVB } from "../jitsi/jvb";

/** A secret of a customer. */
export interface SecretOf {
  readonly customer: Pick<Customer, "id">;
  readonly secret: CustomerSecret;
}

/** Service -> variable -> what it holds. */
export type ServiceSecrets<T> = Readonly<Record<string, Readonly<Record<string, T>>>>;

/** Variable that holds a bridge's password at the brewery of a customer beside its home. Ids have no underscore. */
export const passwordVariable = (customerId: string): string =>
  `JVB_AUTH_PASSWORD_${customerId.toUpperCase().replaceAll("-", "_")}`;

/**
 * The secrets of a bridge machine, by the service that has them in its environment: a password for each customer, which
 * the bridge logs in to that customer's brewery with.
 *
 * @param served the pool's home first
 */
export function bridgeSecrets(
  served: readonly Pick<Customer, "id" | "secretsVersion">[],
): ServiceSecrets<SecretOf> {
  const passwords = served.map((customer, place) => [
    place === 0 ? "JVB_AUTH_PASSWORD" : passwordVariable(customer.id),
    { customer, secret: bridgeLogins(customer)[0].secret },
  ]);
  return { [JVB]: Object.fromEntries(passwords) as Record<string, SecretOf> };
}

/** The same services and variables, with what `value` makes of each secret. */
export const mapSecrets = <T>(
  secrets: ServiceSecrets<SecretOf>,
  value: (secret: SecretOf) => T,
): ServiceSecrets<T> =>
  Object.fromEntries(
    Object.entries(secrets).map(([service, variables]) => [
      service,
      Object.fromEntries(Object.entries(variables).map(([name, secret]) => [name, value(secret)])),
    ]),
  );
