import { atCustomer } from "./entity-ref";
import type { Rule } from "./rule";

/** `meetings.guests` means nothing as long as nobody has an account. */
export const checkGuests: Rule = ({ customers }) =>
  customers
    .filter(({ meetings }) => meetings.guests !== undefined)
    .map((customer) => ({
      at: atCustomer(customer),
      path: ["meetings", "guests"],
      message:
        "has no effect: customers have no authentication yet, so everybody is a guest; allowed: nothing until there is " +
        "one; remove it",
    }));
