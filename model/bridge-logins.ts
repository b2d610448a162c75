import type { Customer } from "./fleet";
import type { CustomerSecret } from "./names";

/** An account at a customer's brewery Prosody, and the secret that has its password. */
export interface BridgeLogin {
  readonly user: string;
  readonly secret: CustomerSecret;
}

const ODD: BridgeLogin = { user: "jvb", secret: "jvb-auth-password" };
const EVEN: BridgeLogin = { user: "jvb-even", secret: "jvb-auth-password-even" };

/**
 * The two accounts that a customer's brewery has for bridges, which take turns: the one that bridges of this
 * `secretsVersion` use, and the one of the version before. A rotation draws the password of the account whose turn it
 * is, so bridges from before it keep theirs, until the rotation after it.
 */
export const bridgeLogins = ({
  secretsVersion,
}: Pick<Customer, "secretsVersion">): readonly [current: BridgeLogin, previous: BridgeLogin] =>
  secretsVersion % 2 === 1 ? [ODD, EVEN] : [EVEN, ODD];

/** The `secretsVersion`, from 1, that drew what a secret holds now. */
export const drawnBy = (customer: Pick<Customer, "secretsVersion">, secret: CustomerSecret): number =>
  secret === bridgeLogins(customer)[1].secret
    ? Math.max(1, customer.secretsVersion - 1)
    : customer.secretsVersion;
