import type { Customer, Fleet } from "../fleet";
import type { Problem } from "../problem";
import { quoted } from "../quoted";
import { clashProblem } from "./clash";
import { atCustomer, atPool } from "./entity-ref";
import { indexFleet } from "./fleet-index";
import { oldestFirst } from "./older-account";
import type { Rule } from "./rule";

/**
 * A customer's id is the key of its state, so it is unique over all accounts. Whoever renames the file of a copied one
 * also renames it in the copied pools, so these places are named at once.
 */
export const checkUniqueCustomers: Rule = (fleet) => {
  const owners = new Map<string, Customer>();
  return oldestFirst(fleet, fleet.customers, ({ account }) => account).flatMap((customer) => {
    const owner = owners.get(customer.id);
    if (!owner) {
      owners.set(customer.id, customer);
      return [];
    }
    return [sharedId(fleet, customer, owner), ...servedUnderIt(fleet, customer, owner)];
  });
};

const sharedId = (fleet: Fleet, customer: Customer, owner: Customer): Problem =>
  clashProblem(fleet, {
    kind: "customer-id",
    value: customer.id,
    at: atCustomer(customer),
    path: [],
    owner: owner.account,
    ownerAt: atCustomer(owner),
    ownerPath: [],
    wrong: `${quoted(customer.id)} is already the id of a customer of account ${owner.account}`,
    wayOut: "allowed: ids that no other account uses; rename this file",
  });

const servedUnderIt = (fleet: Fleet, customer: Customer, owner: Customer): readonly Problem[] =>
  (indexFleet(fleet).poolsServing.get(customer.id) ?? [])
    .filter((pool) => pool.account === customer.account)
    .map((pool) => {
      const position = pool.serves.indexOf(customer.id);
      const wrong = `${quoted(customer.id)} is already the id of a customer of account ${owner.account}`;
      return {
        at: atPool(pool),
        path: ["serves", position],
        message:
          `${wrong}; allowed: ids that no other account uses; ` +
          `write the new name of accounts/${customer.account}/customers/${customer.id}.yaml`,
        clash: {
          kind: "served-id",
          value: customer.id,
          owner: owner.account,
          copy: customer.account,
          isCertain: true,
        },
      };
    });
