import type { Pool } from "../fleet";
import { nearest } from "../nearest";
import type { Problem } from "../problem";
import { quoted } from "../quoted";
import { atPool } from "./entity-ref";
import { indexFleet } from "./fleet-index";
import { listed } from "../listed";
import type { Rule } from "./rule";

/**
 * A pool serves customers that exist, and whose server its bridges can reach: Google bridges by its address in the
 * account's network, so only in their own account; Linode bridges by its public name, so anywhere. A copied account
 * whose Linode pool still serves the original's customers gets a warning.
 */
export const checkServedCustomers: Rule = (fleet, broken) => {
  const { servedBy } = indexFleet(fleet);
  const ids = [...new Set(fleet.customers.map(({ id }) => id))].sort();
  const suggestions = new Map<string, string | undefined>();
  const unknown = (id: string): string => {
    if (!suggestions.has(id)) suggestions.set(id, nearest(id, ids));
    const suggestion = suggestions.get(id);
    const wayOut = suggestion
      ? `did you mean ${quoted(suggestion)}?`
      : "write its file first, or leave it out";
    const allowed = ids.length > 0 ? listed(ids) : "none yet";
    return `${quoted(id)} is not a customer; allowed: ${allowed}; ${wayOut}`;
  };
  const fault = (pool: Pool, id: string): string | undefined => {
    const customer = servedBy(pool, id);
    if (!customer) return broken.customers.has(id) ? undefined : unknown(id);
    if (pool.cloud === "linode" || customer.account === pool.account) return undefined;
    return (
      `${quoted(id)} is a customer of account ${customer.account}, whose network bridges of ${pool.account} cannot ` +
      `reach; allowed: customers of ${pool.account}; move this file to accounts/${customer.account}/pools, ` +
      "or serve the customer from Linode"
    );
  };
  const withCustomers = new Map(fleet.customers.map(({ account, id }) => [account, id]));
  return fleet.pools.flatMap((pool): Problem[] => {
    const faults = pool.serves.flatMap((id, index): Problem[] => {
      const message = fault(pool, id);
      return message === undefined ? [] : [{ at: atPool(pool), path: ["serves", index], message }];
    });
    if (faults.length > 0) return faults;
    const served = pool.serves.flatMap((id) => servedBy(pool, id) ?? []);
    const own = withCustomers.get(pool.account);
    const unsure = served.length < pool.serves.length; // A broken one may be the account's own.
    if (own === undefined || unsure || served.some(({ account }) => account === pool.account)) return [];
    return [
      {
        at: atPool(pool),
        path: ["serves"],
        message:
          `all of them are customers of other accounts (${listed(served.map(({ account, id }) => `${id} of ${account}`))}), ` +
          `although ${pool.account} has its own; if that is a copy's leftover, name customers such as ${quoted(own)}`,
        severity: "warning",
      },
    ];
  });
};
