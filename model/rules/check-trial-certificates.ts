import { atCustomer } from "./entity-ref";
import { indexFleet } from "./fleet-index";
import { listed } from "../listed";
import type { Rule } from "./rule";

/** Warns of a trial certificate where bridges verify it: they do not log in, and calls have no bridge. */
export const checkTrialCertificates: Rule = (fleet) => {
  const { accounts, poolsServing } = indexFleet(fleet);
  return fleet.customers.flatMap((customer) => {
    const pools = poolsServing.get(customer.id);
    const verified = !accounts.get(customer.account)?.rehearsal;
    if (customer.acme !== "staging" || !pools || !verified) return [];
    return [
      {
        at: atCustomer(customer),
        path: ["acme"],
        message:
          `"staging" certificates are refused by the bridges of ${listed(pools.map(({ id }) => id))}, ` +
          'which will not join; set "production" when the host name answers',
        severity: "warning" as const,
      },
    ];
  });
};
