import type { Account } from "../fleet";
import { CUSTOMER_SECRETS, isPoolSecretName, secretName } from "../names";
import type { Problem } from "../problem";
import { quoted } from "../quoted";
import { atAccount } from "./entity-ref";
import type { Rule } from "./rule";

/** Somebody hears of alerts, by secrets that people made for it. */
export const checkAlertDelivery: Rule = ({ accounts, customers }) => {
  const passwords = new Map<string, Set<string>>();
  for (const customer of customers) {
    const ofAccount = passwords.get(customer.account) ?? new Set();
    for (const secret of CUSTOMER_SECRETS) ofAccount.add(secretName(customer, secret));
    passwords.set(customer.account, ofAccount);
  }
  return accounts.flatMap((account) => {
    const ours = passwords.get(account.id);
    // Only a customer's server sends alerts.
    return ours === undefined ? [] : [...delivery(account), ...secrets(account, ours)];
  });
};

function delivery(account: Account): Problem[] {
  const { alerts } = account.operators;
  if (alerts?.smtp || alerts?.webhook) return [];
  const message =
    "alerts of Grafana are seen by whoever looks there, and nobody is told; allowed: smtp, webhook or both; " +
    "name the mail server, or the secret with the URL of your pager";
  return [{ at: atAccount(account), path: ["operators", "alerts"], message, severity: "warning" }];
}

function secrets(account: Account, ours: ReadonlySet<string>): Problem[] {
  const { smtp, webhook } = account.operators.alerts ?? {};
  const named: [path: string[], name: string | undefined][] = [
    [["smtp", "passwordSecret"], smtp?.passwordSecret],
    [["webhook", "secret"], webhook?.secret],
  ];
  const passwords = named.flatMap(([path, name]) => {
    if (name === undefined || !(ours.has(name) || isPoolSecretName(name))) return [];
    const message =
      `${quoted(name)} is a password of a customer's services; allowed: a secret that people made; ` +
      "name the one for alerts";
    return [{ at: atAccount(account), path: ["operators", "alerts", ...path], message }];
  });
  if (passwords.length > 0) return passwords;
  if (smtp?.passwordSecret !== undefined && smtp.passwordSecret === webhook?.secret) {
    const message =
      `${quoted(webhook.secret)} is the password of the mail server; allowed: a secret of its own, with the URL of your ` +
      "pager; make one";
    return [{ at: atAccount(account), path: ["operators", "alerts", "webhook", "secret"], message }];
  }
  return [];
}
