import type { Account } from "../../../model/fleet";
import { checkAlertDelivery } from "../../../model/rules/check-alert-delivery";
import { findings } from "../../builders/findings";
import { aCustomer, anAccount } from "../../builders/fleet";

const account = (alerts?: Account["operators"]["alerts"]): Account => {
  const plain = anAccount();
  return alerts ? { ...plain, operators: { ...plain.operators, alerts } } : plain;
};
const smtp = { host: "mail.acme.example", port: 587, from: "alerts@acme.example" };

describe("checkAlertDelivery", () => {
  it.each([undefined, {}, { runbook: "https://git.acme.example/runbook.md" }])(
    "warns of %j: nobody is told",
    (alerts) => {
      expect(findings(checkAlertDelivery, { accounts: [account(alerts)] })).toEqual([
        "warning, account acme operators.alerts: alerts of Grafana are seen by whoever looks there, and nobody is told; " +
          "allowed: smtp, webhook or both; name the mail server, or the secret with the URL of your pager",
      ]);
    },
  );

  it("is content with either, and with an account that has nobody to watch", () => {
    for (const alerts of [{ smtp }, { webhook: { secret: "pager-url" } }])
      expect(findings(checkAlertDelivery, { accounts: [account(alerts)] })).toEqual([]);
    expect(findings(checkAlertDelivery, { customers: [] })).toEqual([]);
  });

  it("refuses passwords of any customer of the account in place of secrets that people made", () => {
    const secret = "xyz-jvb-auth-password";
    const alerts = { smtp: { ...smtp, user: "alerts", passwordSecret: secret }, webhook: { secret } };
    const customers = [aCustomer(), aCustomer({ id: "xyz" })];
    const problem = `"${secret}" is a password of a customer's services; allowed: a secret that people made; name the one for alerts`;
    expect(findings(checkAlertDelivery, { accounts: [account(alerts)], customers })).toEqual([
      `account acme operators.alerts.smtp.passwordSecret: ${problem}`,
      `account acme operators.alerts.webhook.secret: ${problem}`,
    ]);
    // Another account is another project.
    const apart = [aCustomer(), aCustomer({ id: "xyz", account: "globex" })];
    const mail = { ...alerts, webhook: { secret: "pager-url" } };
    expect(findings(checkAlertDelivery, { accounts: [account(mail)], customers: apart })).toEqual([]);
  });

  it("refuses the password of a pool, and one secret for two purposes", () => {
    const pool = "abc-telemetry_acme_eu-burst";
    expect(findings(checkAlertDelivery, { accounts: [account({ webhook: { secret: pool } })] })).toEqual([
      `account acme operators.alerts.webhook.secret: "${pool}" is a password of a customer's services; allowed: a secret that people made; name the one for alerts`,
    ]);
    const alerts = { smtp: { ...smtp, user: "alerts", passwordSecret: "both" }, webhook: { secret: "both" } };
    expect(findings(checkAlertDelivery, { accounts: [account(alerts)] })).toEqual([
      'account acme operators.alerts.webhook.secret: "both" is the password of the mail server; allowed: a secret of its own, with the URL of your pager; make one',
    ]);
  });
});
