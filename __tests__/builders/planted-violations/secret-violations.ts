import type { PolicyId } from "../../../model/policy-ids";
import { machine, METADATA, type PlantedStack } from "./planted-stack";

const GRAFANA = [
  "GF_PUBLIC_DASHBOARDS_ENABLED=false",
  "GF_SECURITY_COOKIE_SECURE=true",
  "GF_SNAPSHOTS_ENABLED=false",
];
const grafana = "files/server/etc/fleet/grafana.env";
const settings = "files/server/etc/fleet/jvb.env";

/** What must be read by nobody, and whom it is handed to. */
export const SECRET_VIOLATIONS = {
  "certificate-verification": [
    {
      broken: {},
      mended: {},
      files: { "files/server/etc/fleet/telegraf/telegraf.conf": "  insecure_skip_verify = true\n" },
      mendedFiles: { "files/server/etc/fleet/telegraf/telegraf.conf": "  insecure_skip_verify = false\n" },
      says: 'INSECURE_SKIP_VERIFY is "true"',
    },
    {
      broken: {},
      mended: {},
      files: { [settings]: "XMPP_TRUST_ALL_CERTS=true\n" },
      mendedFiles: { [settings]: "XMPP_TRUST_ALL_CERTS=false\n" },
      says: 'XMPP_TRUST_ALL_CERTS is "true"',
    },
  ],
  "grafana-access": [
    ...[
      "GF_AUTH_ANONYMOUS_ENABLED=true",
      "GF_USERS_ALLOW_SIGN_UP='TRUE'",
      "GF_SECURITY_COOKIE_SECURE=false",
    ].map((line) => ({
      broken: {},
      mended: {},
      files: { [grafana]: `${GRAFANA.join("\n")}\n${line}\n` },
      mendedFiles: { [grafana]: `${GRAFANA.join("\n")}\n` },
      says: `${line.split("=")[0]!} is "${/\w+(?='?$)/.exec(line)![0].toLowerCase()}"`,
    })),
    {
      broken: {},
      mended: {},
      files: { [grafana]: `# ${GRAFANA[0]!}\n${GRAFANA.slice(1).join("\n")}\n` },
      mendedFiles: { [grafana]: `${GRAFANA.join("\n")}\n` },
      says: 'GF_PUBLIC_DASHBOARDS_ENABLED is "true"; strangers would see Grafana',
    },
  ],
  provisioners: [
    {
      broken: {
        terraform_data: { provisioner: { "remote-exec": [{ inline: ["login ${ephemeral.a.b}"] }] } },
      },
      mended: { terraform_data: { provisioner: { "remote-exec": [{ inline: ["ls"] }] } } },
      says: "a command has a secret in it",
    },
    {
      broken: { terraform_data: { connection: [{ bastion_password: "swordfish" }] } },
      mended: { terraform_data: { connection: [{ agent: true }] } },
      says: "the connection has bastion_password",
    },
    {
      broken: { terraform_data: { provisioner: [{ "local-exec": { command: "ls" } }] } },
      mended: { terraform_data: { provisioner: [{ "remote-exec": { inline: ["ls"] } }] } },
      says: "local-exec runs on whatever deploys",
    },
    {
      broken: {
        variable: { jvb: { sensitive: true }, drain: {} },
        terraform_data: { provisioner: [{ "remote-exec": { inline: ["login ${var.jvb}"] } }] },
      },
      mended: {
        variable: { jvb: { sensitive: true }, drain: {} },
        terraform_data: { provisioner: [{ "remote-exec": { inline: ["wait ${var.drain}"] } }] },
      },
      says: "a command has a secret in it",
    },
    {
      broken: { terraform_data: { provisioner: [{ file: { connection: { password: "${var.p}" } } }] } },
      mended: {
        terraform_data: { provisioner: [{ file: { connection: { password: null, agent: true } } }] },
      },
      says: "the connection has password",
    },
  ],
  "secret-versions": [
    {
      broken: {
        google_secret_manager_regional_secret_version: {
          deletion_policy: "${var.policy}",
          lifecycle: [{ create_before_destroy: true }],
        },
      },
      mended: {
        google_secret_manager_regional_secret_version: {
          deletion_policy: "DISABLE",
          lifecycle: [{ create_before_destroy: true }],
        },
      },
      says: "deletion_policy is ${var.policy}",
    },
    {
      broken: { google_secret_manager_secret_version: { lifecycle: { create_before_destroy: true } } },
      mended: {
        google_secret_manager_secret_version: {
          deletion_policy: "DISABLE",
          lifecycle: { create_before_destroy: true },
        },
      },
      says: "deletion_policy is DELETE",
    },
    {
      broken: { google_secret_manager_secret_version: { deletion_policy: "ABANDON" } },
      mended: {
        google_secret_manager_secret_version: {
          deletion_policy: "ABANDON",
          lifecycle: { create_before_destroy: true },
        },
      },
      says: "create_before_destroy is not set",
    },
  ],
  secrets: [
    {
      broken: {
        google_monitoring_uptime_check_config: { http_check: { auth_info: { password: "swordfish" } } },
      },
      mended: { google_monitoring_uptime_check_config: { http_check: { auth_info: { password_wo: "x" } } } },
      says: "http_check.auth_info.password keeps a secret in the state",
    },
    ...[
      {
        locals: { files: { a: "${local.more}" }, more: "${var.password}" },
        files: "${jsonencode(local.files)}",
      },
      { locals: {}, files: "A=1\nJVB_AUTH_PASSWORD=swordfish\n" },
      { locals: {}, files: "-----BEGIN RSA PRIVATE KEY-----" },
    ].map(({ locals, files }) => ({
      broken: { locals, ...machine({ metadata: { "fleet-files": files } }) },
      mended: {
        locals: { files: {} },
        ...machine({ metadata: { "fleet-files": "${jsonencode(local.files)}" } }),
      },
      says: "metadata holds a secret or a variable",
    })),
    {
      broken: machine({ metadata: { "jvb-password": "swordfish" } }),
      mended: machine({ metadata: METADATA }),
      says: "metadata holds a secret or a variable",
    },
    {
      broken: machine({ metadata_startup_script: "export TOKEN=swordfish" }),
      mended: machine({ metadata_startup_script: "export TOKEN=$TOKEN" }),
      says: "metadata holds a secret or a variable",
    },
    {
      broken: { output: { password: { value: "${ephemeral.a.b}", sensitive: true } } },
      mended: { output: { address: { value: "203.0.113.1" } } },
      says: "output.password keeps a secret in the state",
    },
    {
      broken: { variable: { jvb: { sensitive: true } } },
      mended: { variable: { jvb: { sensitive: true, ephemeral: true, default: null } } },
      says: "var.jvb is a secret and not ephemeral",
    },
    {
      broken: { variable: { jvb: { sensitive: true, ephemeral: true, default: "swordfish" } } },
      mended: { variable: { jvb: { default: "no secret" } } },
      says: "var.jvb is a secret with a default",
    },
    {
      broken: {},
      mended: {},
      files: { "files/cloud-init.yaml": "users:\n  - name: ops\n    plain_text_passwd: swordfish\n" },
      mendedFiles: { "files/cloud-init.yaml": "users:\n  - name: ops\n    lock_passwd: true\n" },
      says: "plain_text_passwd holds a secret",
    },
    {
      broken: {},
      mended: {},
      files: { "files/server/etc/fleet/web/key.pem": "-----BEGIN PRIVATE KEY-----\n" },
      mendedFiles: { "files/server/etc/fleet/web/cert.pem": "-----BEGIN CERTIFICATE-----\n" },
      says: "a line holds a secret",
    },
    { broken: { random_password: {} }, mended: {}, says: "this resource keeps a secret in the state" },
  ],
} satisfies Partial<Record<PolicyId, readonly PlantedStack[]>>;
