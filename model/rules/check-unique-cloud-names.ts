import type { Customer } from "../fleet";
import { bridgePoolName, CUSTOMER_SECRETS, secretName, serverName } from "../names";
import type { Problem } from "../problem";
import { quoted } from "../quoted";
import { atCustomer, atPool } from "./entity-ref";
import type { Rule } from "./rule";

const WAY_OUT = "allowed: an id whose cloud names are its own; rename this file";

/**
 * Names in a project that are made of several words can meet: secret `main-jvb-auth-password` of customer `abc` and
 * `jvb-auth-password` of customer `abc-main`; server `acme-eu-server` of customer `acme-eu` and pool `eu-server` of
 * account `acme`, whose firewall rules would have one name.
 */
export const checkUniqueCloudNames: Rule = ({ customers, pools }) => {
  const inAccount = new Map(customers.map((customer) => [`${customer.account}/${customer.id}`, customer]));
  const servers = new Map(
    customers.map((customer) => [`${customer.account}/${serverName(customer)}`, customer]),
  );

  const secrets = customers.flatMap((customer): Problem[] => {
    for (const { affix, longer } of SECRETS_WITHIN_SECRETS) {
      if (!customer.id.endsWith(`-${affix}`)) continue;
      const shortId = customer.id.slice(0, -affix.length - 1);
      const other = inAccount.get(`${customer.account}/${shortId}`);
      if (other)
        return [{ at: atCustomer(customer), path: [], message: sharedSecret(customer, other, longer) }];
    }
    return [];
  });
  const groups = pools.flatMap((pool): Problem[] => {
    if (pool.cloud !== "gcp") return [];
    const customer = servers.get(`${pool.account}/${bridgePoolName(pool)}`);
    if (!customer) return [];
    const name = quoted(serverName(customer));
    const message = `pool ${pool.id} would be called ${name}, like the server of customer ${customer.id}; ${WAY_OUT}`;
    return [{ at: atPool(pool), path: [], message }];
  });
  return [...secrets, ...groups];
};

/** Secrets whose name ends with another's: `main-jvb-auth-password` is `jvb-auth-password` with affix `main`. */
const SECRETS_WITHIN_SECRETS = CUSTOMER_SECRETS.flatMap((longer) =>
  CUSTOMER_SECRETS.filter((shorter) => longer.endsWith(`-${shorter}`)).map((shorter) => ({
    longer,
    affix: longer.slice(0, -shorter.length - 1),
  })),
);

const sharedSecret = (
  customer: Customer,
  other: Customer,
  secret: (typeof CUSTOMER_SECRETS)[number],
): string =>
  `a secret of customer ${customer.id} would be called ${quoted(secretName(other, secret))}, like one of customer ` +
  `${other.id}; ${WAY_OUT}`;
