import type { Account } from "../../model/fleet";
import { secretLink } from "../../model/names";
import { secretFilePath } from "../machine-paths";
import type { EnvSection } from "../text/env-file";
import { toYaml } from "../text/yaml";

type Operators = Pick<Account, "operators">;

/** Files of secrets that people made, for Grafana's container: the folder is mounted, and any user in there reads it. */
const FOLDER = "grafana";
const SMTP_PASSWORD = "smtp-password.txt";
const WEBHOOK_URL = "webhook-url.txt";
/** Where the container has the folder, and where Grafana reads. */
const MOUNTED = "/run/fleet-secrets";
const COPIES = "/tmp/fleet-secrets";

/** Port on which mail is encrypted from the start; on others it is before anything is said. */
const TLS_PORT = 465;

/** What is fetched for the delivery of alerts: file below `/run/fleet/secrets` -> resource. */
export function alertSecretFiles(
  project: string,
  { operators }: Operators,
): Readonly<Record<string, string>> {
  const { smtp, webhook } = operators.alerts ?? {};
  return {
    ...(smtp?.passwordSecret === undefined
      ? {}
      : { [`${FOLDER}/${SMTP_PASSWORD}`]: secretLink(project, smtp.passwordSecret) }),
    ...(webhook === undefined ? {} : { [`${FOLDER}/${WEBHOOK_URL}`]: secretLink(project, webhook.secret) }),
  };
}

/**
 * What Grafana's container needs for it; nothing where there are no such secrets. It mounts the folder and not the files, so
 * that a new version is there without a new container. Grafana does not start when a file is missing, so it reads copies,
 * and for a secret that cannot be had one that leads nowhere: the other way to people, and the dashboards, stay.
 */
export function alertContainer(account: Operators): {
  readonly volumes: readonly string[];
  readonly entrypoint?: readonly string[];
} {
  const names = Object.keys(alertSecretFiles("", account)).map((path) => path.slice(FOLDER.length + 1));
  if (names.length === 0) return { volumes: [] };
  const copies = names.map(
    (name) =>
      `cat ${MOUNTED}/${name} >${COPIES}/${name} || printf %s https://missing.invalid/ >${COPIES}/${name}`,
  );
  return {
    volumes: [`${secretFilePath(FOLDER)}:${MOUNTED}:ro`],
    entrypoint: ["/bin/sh", "-c", [`umask 077; mkdir -p ${COPIES}`, ...copies, "exec /run.sh"].join("\n")],
  };
}

/** What Grafana is told of the mail server, for its env file. The image reads `…__FILE` before Grafana starts. */
export function alertEnv({ operators }: Operators): EnvSection[] {
  const smtp = operators.alerts?.smtp;
  if (smtp === undefined) return [];
  return [
    {
      why: "Mail of alerts.",
      variables: {
        GF_SMTP_ENABLED: "true",
        GF_SMTP_HOST: `${smtp.host}:${smtp.port}`,
        GF_SMTP_FROM_ADDRESS: smtp.from,
        GF_SMTP_FROM_NAME: "Jitsi alerts",
        ...(smtp.user === undefined ? {} : { GF_SMTP_USER: smtp.user }),
        ...(smtp.passwordSecret === undefined
          ? {}
          : { GF_SMTP_PASSWORD__FILE: `${COPIES}/${SMTP_PASSWORD}` }),
        GF_SMTP_STARTTLS_POLICY: smtp.port === TLS_PORT ? "NoStartTLS" : "MandatoryStartTLS",
      },
    },
  ];
}

/**
 * Who is told, and how often; undefined where nobody is. Alerts of one kind and pool come together. The webhook is
 * somebody's pager: with mail beside it, it gets only what is critical.
 */
export function renderAlertRoutes({ operators }: Operators): string | undefined {
  const { smtp, webhook } = operators.alerts ?? {};
  if (smtp === undefined && webhook === undefined) return undefined;
  const mail = (uid: string) =>
    smtp === undefined
      ? []
      : [{ uid: `${uid}-mail`, type: "email", settings: { addresses: operators.email, singleEmail: true } }];
  const hook = (uid: string) =>
    webhook === undefined
      ? []
      : [
          {
            uid: `${uid}-webhook`,
            type: "webhook",
            // Grafana reads the file when it starts. The URL is a secret: whoever knows it can page people.
            settings: { url: `$__file{${COPIES}/${WEBHOOK_URL}}`, httpMethod: "POST" },
          },
        ];
  const warning = smtp === undefined ? hook("warning") : mail("warning");
  return toYaml({
    apiVersion: 1,
    contactPoints: [
      { orgId: 1, name: "critical", receivers: [...mail("critical"), ...hook("critical")] },
      { orgId: 1, name: "warning", receivers: warning },
    ],
    policies: [
      {
        orgId: 1,
        receiver: "warning",
        group_by: ["grafana_folder", "alertname", "pool"],
        group_wait: "1m",
        group_interval: "5m",
        repeat_interval: "24h",
        routes: [
          {
            receiver: "critical",
            object_matchers: [["severity", "=", "critical"]],
            group_wait: "10s",
            group_interval: "1m",
            repeat_interval: "1h",
          },
        ],
      },
    ],
  });
}
