import { atCustomer } from "./entity-ref";
import { indexFleet } from "./fleet-index";
import type { Rule } from "./rule";

/** Without a bridge a call ends at two people, and nothing else says so before they meet. */
export const checkCustomersHaveBridges: Rule = (fleet, broken) => {
  if (broken.pools.size > 0) return []; // One of them may be the customer's.
  const { poolsServing } = indexFleet(fleet);
  return fleet.customers
    .filter((customer) => !customer.bridgeOnServer && !poolsServing.has(customer.id))
    .map((customer) => ({
      at: atCustomer(customer),
      path: [],
      message:
        `customer ${customer.id} has no bridge, and calls of more than two people need one; ` +
        "allowed: a pool that serves the customer, or a bridge on the server; " +
        `add ${customer.id} to serves of a pool, or set bridgeOnServer: true`,
    }));
};
