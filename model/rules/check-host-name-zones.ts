import type { Problem } from "../problem";
import { quoted } from "../quoted";
import { atCustomer } from "./entity-ref";
import type { Rule } from "./rule";

/**
 * The record of a customer goes to its account's zone, when its host name lies there. Nobody asks that zone for a name
 * below a part of it that is delegated to another account. A host name elsewhere, such as the customer's own domain,
 * gets no record from us: the warning says what is to be done by hand.
 */
export const checkHostNameZones: Rule = ({ accounts, customers }) => {
  const domains = new Map(accounts.map((account) => [account.id, account.dns?.domain]));
  const accountOfDomain = new Map(accounts.map((account) => [account.dns?.domain, account.id]));

  return customers.flatMap((customer): Problem[] => {
    const { hostname } = customer;
    const domain = domains.get(customer.account);
    if (domain === undefined) return [];
    const zone = suffixesOf(hostname).find((suffix) => accountOfDomain.has(suffix));
    if (zone === domain) return [];

    const at = { at: atCustomer(customer), path: ["hostname"] };
    if (zone !== undefined) {
      const message =
        `${quoted(hostname)} is in ${zone}, the domain of account ${accountOfDomain.get(zone)}; ` +
        `allowed: names below ${domain}, or of a domain that no account holds; choose one`;
      return [{ ...at, message }];
    }
    const message =
      `${quoted(hostname)} is not below ${domain}, so it gets no record from us; ` +
      `publish one yourself, with the address of the server of ${customer.id}`;
    return [{ ...at, message, severity: "warning" }];
  });
};

/** `a.b.example`, `b.example`, `example`. */
function suffixesOf(hostname: string): string[] {
  const labels = hostname.split(".");
  return labels.map((_, index) => labels.slice(index).join("."));
}
