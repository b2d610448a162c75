import type { Customer, Pool } from "./fleet";
import type { CustomerSecret } from "./names";
import { bridgeLogins, telemetryLogins, type Turns } from "./turns";

/** A secret of a customer that a bridge machine has. */
export interface BridgeSecret {
  readonly customer: Pick<Customer, "id" | "secretsVersion">;
  /** What it holds depends on whose turn it is. */
  readonly secret: CustomerSecret;
  /** The secret of the odd turn, which both are called by where they need one name: `jvb-auth-password`. */
  readonly name: CustomerSecret;
}

/** Service -> variable -> what it holds. */
export type ServiceSecrets<T> = Readonly<Record<string, Readonly<Record<string, T>>>>;

/** Services of a bridge machine that log in somewhere. */
export const BRIDGE_SERVICES = { jvb: "jvb", telegraf: "telegraf" } as const;

const inCapitals = (customerId: string): string => customerId.toUpperCase().replaceAll("-", "_");

/** Variable that holds a bridge's password at the brewery of a customer beside its home. Ids have no underscore. */
export const passwordVariable = (customerId: string): string => `JVB_AUTH_PASSWORD_${inCapitals(customerId)}`;
/** Variable that holds the password of the pool's account at the InfluxDB of a customer. */
export const telemetryVariable = (customerId: string): string =>
  `TELEMETRY_PASSWORD_${inCapitals(customerId)}`;

/**
 * The secrets of a bridge machine, by the service that has them in its environment: for each customer the password that
 * the bridge logs in to that customer's brewery with, and the one that it writes measurements with.
 *
 * @param served the pool's home first
 */
export function bridgeSecrets(
  pool: Pick<Pool, "account" | "id">,
  served: readonly BridgeSecret["customer"][],
): ServiceSecrets<BridgeSecret> {
  const secretOf = (
    customer: BridgeSecret["customer"],
    turns: (version: BridgeSecret["customer"]) => Turns,
  ) => ({
    customer,
    secret: turns(customer)[0].secret,
    name: turns({ ...customer, secretsVersion: 1 })[0].secret,
  });
  return {
    [BRIDGE_SERVICES.jvb]: Object.fromEntries(
      served.map((customer, place) => [
        place === 0 ? "JVB_AUTH_PASSWORD" : passwordVariable(customer.id),
        secretOf(customer, bridgeLogins),
      ]),
    ),
    [BRIDGE_SERVICES.telegraf]: Object.fromEntries(
      served.map((customer) => [
        telemetryVariable(customer.id),
        secretOf(customer, (version) => telemetryLogins(version, pool)),
      ]),
    ),
  };
}

/** The same services and variables, with what `value` makes of each secret. */
export const mapSecrets = <T>(
  secrets: ServiceSecrets<BridgeSecret>,
  value: (secret: BridgeSecret) => T,
): ServiceSecrets<T> =>
  Object.fromEntries(
    Object.entries(secrets).map(([service, variables]) => [
      service,
      Object.fromEntries(Object.entries(variables).map(([name, secret]) => [name, value(secret)])),
    ]),
  );
