import { load } from "js-yaml";
import type { Account } from "../../../model/fleet";
import { alertsSchema } from "../../../model/schema/alerts";
import {
  alertEnv,
  alertSecretFiles,
  alertContainer,
  renderAlertRoutes,
} from "../../../render/alerts/alert-delivery";
import { renderEnvFile } from "../../../render/text/env-file";
import { anAccount } from "../../builders/fleet";

const account = (alerts: object): Pick<Account, "operators"> => ({
  operators: { ...anAccount().operators, alerts: alertsSchema.parse(alerts) },
});
const smtp = {
  host: "mail.acme.example",
  from: "alerts@acme.example",
  user: "alerts",
  passwordSecret: "acme-smtp",
};
const webhook = { secret: "acme-pager-url" };

interface Routes {
  readonly contactPoints: { name: string; receivers: { uid: string; type: string; settings: object }[] }[];
  readonly policies: [{ receiver: string; routes: { receiver: string; object_matchers: string[][] }[] }];
}
const routes = (alerts: object) => load(renderAlertRoutes(account(alerts)) ?? "null") as Routes | null;
/** Severity -> types of those who are told. */
const told = (alerts: object) =>
  Object.fromEntries(
    routes(alerts)!.contactPoints.map(({ name, receivers }) => [name, receivers.map(({ type }) => type)]),
  );

describe("renderAlertRoutes", () => {
  it("is this, for mail and a webhook", () => {
    expect(renderAlertRoutes(account({ smtp, webhook }))).toMatchSnapshot();
  });

  it("tells mail of everything and a pager what is critical; who has one of them is told everything there", () => {
    expect(told({ smtp, webhook })).toEqual({ critical: ["email", "webhook"], warning: ["email"] });
    expect(told({ smtp })).toEqual({ critical: ["email"], warning: ["email"] });
    expect(told({ webhook })).toEqual({ critical: ["webhook"], warning: ["webhook"] });
    expect(renderAlertRoutes({ operators: anAccount().operators })).toBeUndefined();
  });

  it("has a contact point for each route, and a uid for each receiver", () => {
    const { contactPoints, policies } = routes({ smtp, webhook })!;
    const names = contactPoints.map(({ name }) => name);
    const [root] = policies;
    for (const { receiver } of [root, ...root.routes]) expect(names).toContain(receiver);
    const uids = contactPoints.flatMap(({ receivers }) => receivers.map(({ uid }) => uid));
    expect(new Set(uids).size).toBe(uids.length);
  });
});

describe("the secrets of alerts", () => {
  it("come as files of a folder that Grafana's container has mounted, and are named nowhere else", () => {
    const files = alertSecretFiles("acme-meet-prod", account({ smtp, webhook }));
    expect(files).toEqual({
      "grafana/smtp-password.txt": "projects/acme-meet-prod/secrets/acme-smtp",
      "grafana/webhook-url.txt": "projects/acme-meet-prod/secrets/acme-pager-url",
    });
    const [mount] = alertContainer(account({ smtp, webhook })).volumes;
    expect(mount).toBe("/run/fleet/secrets/grafana:/run/fleet-secrets:ro");
    const used =
      renderEnvFile(alertEnv(account({ smtp, webhook }))) + renderAlertRoutes(account({ smtp, webhook }))!;
    expect(
      [...used.matchAll(/\/tmp\/fleet-secrets\/([\w.-]+)/g)]
        .map(([, name]) => `grafana/${name}`)
        .sort()
        .filter((name, i, all) => all.indexOf(name) === i),
    ).toEqual(Object.keys(files));
  });

  it("are mounted only where there are any", () => {
    const { user: _, passwordSecret: __, ...open } = smtp;
    expect(alertContainer(account({ smtp: open }))).toEqual({ volumes: [] });
    expect(alertContainer({ operators: anAccount().operators })).toEqual({ volumes: [] });
  });
});

describe("alertEnv", () => {
  it("sends no mail in the open: STARTTLS, or encrypted from the start on 465", () => {
    expect(renderEnvFile(alertEnv(account({ smtp })))).toMatchInlineSnapshot(`
      "# Mail of alerts.
      GF_SMTP_ENABLED=true
      GF_SMTP_HOST=mail.acme.example:587
      GF_SMTP_FROM_ADDRESS=alerts@acme.example
      GF_SMTP_FROM_NAME='Jitsi alerts'
      GF_SMTP_USER=alerts
      GF_SMTP_PASSWORD__FILE=/tmp/fleet-secrets/smtp-password.txt
      GF_SMTP_STARTTLS_POLICY=MandatoryStartTLS
      "
    `);
    const [section] = alertEnv(account({ smtp: { ...smtp, port: 465 } }));
    expect(section!.variables).toMatchObject({
      GF_SMTP_HOST: "mail.acme.example:465",
      GF_SMTP_STARTTLS_POLICY: "NoStartTLS",
    });
  });

  it("says nothing without a mail server", () => expect(alertEnv(account({ webhook }))).toEqual([]));
});
