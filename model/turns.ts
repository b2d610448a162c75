import type { Customer, Pool } from "./fleet";
import type { CustomerSecret } from "./names";

/** An account that a bridge logs in with at a customer's server, and the secret that has its password. */
export interface Login {
  readonly user: string;
  readonly secret: CustomerSecret;
}

/**
 * Two accounts that take turns: the one that bridges of this `secretsVersion` use, and the one of the version before. A
 * rotation draws the password of the account whose turn it is, so bridges from before it keep theirs, until the rotation
 * after it.
 */
export type Turns = readonly [current: Login, previous: Login];

type Version = Pick<Customer, "secretsVersion">;

const isOdd = ({ secretsVersion }: Version): boolean => secretsVersion % 2 === 1;

const inTurn = (version: Version, odd: Login, even: Login): Turns =>
  isOdd(version) ? [odd, even] : [even, odd];

/** The accounts at a customer's brewery Prosody. */
export const bridgeLogins = (customer: Version): Turns =>
  inTurn(
    customer,
    { user: "jvb", secret: "jvb-auth-password" },
    { user: "jvb-even", secret: "jvb-auth-password-even" },
  );

/**
 * The accounts at a customer's InfluxDB that a pool's bridges may write with, and nothing else. The names are one pool's
 * only: ids have neither a dot nor an underscore.
 */
export function telemetryLogins(customer: Version, { account, id }: Pick<Pool, "account" | "id">): Turns {
  const user = `${account}.${id}`;
  const secret = `telemetry_${account}_${id}` as const;
  return inTurn(customer, { user, secret }, { user: `${user}.even`, secret: `${secret}_even` });
}

/** The secrets that a customer has for each pool that serves it. */
export const poolSecrets = (
  customer: Version,
  pools: readonly Pick<Pool, "account" | "id">[],
): readonly CustomerSecret[] =>
  pools.flatMap((pool) => telemetryLogins(customer, pool).map(({ secret }) => secret)).sort();

/** Which turn a secret is of; undefined for one that takes no turns. */
function turnOf(secret: CustomerSecret): "odd" | "even" | undefined {
  if (secret === "jvb-auth-password-even" || /^telemetry_.*_even$/.test(secret)) return "even";
  return secret === "jvb-auth-password" || secret.startsWith("telemetry_") ? "odd" : undefined;
}

/**
 * Secrets that InfluxDB takes at its set-up and keeps: it has no way to change the token to one that we choose, so a
 * new draw would only lock out whoever holds it.
 */
const DRAWN_ONCE: readonly CustomerSecret[] = ["influxdb-operator-password", "influxdb-operator-token"];

/** The `secretsVersion`, from 1, that drew what a secret holds now. */
export function drawnBy(customer: Version, secret: CustomerSecret): number {
  if (DRAWN_ONCE.includes(secret)) return 1;
  const turn = turnOf(secret);
  const itsTurn = turn === undefined || (turn === "odd") === isOdd(customer);
  return itsTurn ? customer.secretsVersion : Math.max(1, customer.secretsVersion - 1);
}
