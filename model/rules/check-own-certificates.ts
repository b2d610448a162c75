import { CUSTOMER_SECRETS, isPoolSecretName, secretName } from "../names";
import type { Problem } from "../problem";
import { quoted } from "../quoted";
import { atCustomer } from "./entity-ref";
import type { Rule } from "./rule";

/** A host name has one certificate: Let's Encrypt's, or the customer's own, which is no password of anybody. */
export const checkOwnCertificates: Rule = ({ customers }) => {
  const passwords = new Set(
    customers.flatMap((customer) =>
      CUSTOMER_SECRETS.map((secret) => `${customer.account}/${secretName(customer, secret)}`),
    ),
  );
  return customers.flatMap((customer): Problem[] => {
    const { acme, certificate } = customer;
    if (certificate === undefined) return [];
    if (passwords.has(`${customer.account}/${certificate.secret}`) || isPoolSecretName(certificate.secret)) {
      const message =
        `${quoted(certificate.secret)} is a password of this project's, which ${customer.id} would get to read; ` +
        "allowed: a secret that people made; name the one that holds the certificate";
      return [{ at: atCustomer(customer), path: ["certificate", "secret"], message }];
    }
    if (acme === undefined) return [];
    const message =
      `${quoted(acme)} asks Let's Encrypt for a certificate, and certificate names one of ${customer.id}'s own ` +
      `(${certificate.secret}); allowed: one of the two; leave the other one out`;
    return [{ at: atCustomer(customer), path: ["acme"], message }];
  });
};
