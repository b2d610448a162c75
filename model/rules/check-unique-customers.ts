import { quoted } from "../quoted";
import { atCustomer } from "./entity-ref";
import type { Rule } from "./rule";

/** A customer's id is the key of its state, so it is unique over all accounts. */
export const checkUniqueCustomers: Rule = ({ customers }) => {
  const owner = new Map<string, string>();
  return customers.flatMap((customer) => {
    const first = owner.get(customer.id);
    if (first === undefined) {
      owner.set(customer.id, customer.account);
      return [];
    }
    return [
      {
        at: atCustomer(customer),
        path: [],
        message:
          `${quoted(customer.id)} is already the id of a customer of account ${first}; ` +
          "allowed: ids that no other account uses; rename this file",
      },
    ];
  });
};
