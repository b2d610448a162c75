import type { Problem } from "../problem";
import { quoted } from "../quoted";
import { atCustomer } from "./entity-ref";
import type { Rule } from "./rule";

/** A host name has one certificate: Let's Encrypt's, or the customer's own. */
export const checkOwnCertificates: Rule = ({ customers }) =>
  customers.flatMap((customer): Problem[] => {
    const { acme, certificate } = customer;
    if (acme === undefined || certificate === undefined) return [];
    const message =
      `${quoted(acme)} asks Let's Encrypt for a certificate, and certificate names one of ${customer.id}'s own ` +
      `(${certificate.secret}); allowed: one of the two; leave the other one out`;
    return [{ at: atCustomer(customer), path: ["acme"], message }];
  });
