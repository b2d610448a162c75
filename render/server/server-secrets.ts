import { bridgeLogins } from "../../model/turns";
import { secretLink, secretResource } from "../../model/names";
import { alertSecretFiles } from "../alerts/alert-delivery";
import { GRAFANA } from "../grafana/grafana-service";
import { BREWERY } from "../jitsi/brewery";
import { JVB } from "../jitsi/jvb";
import type { ServerInput } from "../machine-files";
import { registrySecret, type MachineSecrets } from "../secrets-file";
import { SERVER_PASSWORD_VARIABLE } from "../telemetry/telegraf-outputs";
import { TELEGRAF } from "../telemetry/telegraf-service";
import { influxdbSecrets } from "../telemetry/influxdb-setup";
import { CERTIFICATE_FILE } from "./certificate";
import { KEEPER } from "./keeper";

/**
 * The passwords of a server's services, the customer's own certificate, and the secrets by which its alerts reach people.
 * The main Prosody does not start without a password for bridges, and makes that account an administrator, although no
 * bridge logs in there: so it is one that no bridge holds.
 */
export function serverSecrets({
  account,
  customer,
  keeper,
  pools,
  secretsProject: project,
}: Pick<ServerInput, "account" | "customer" | "keeper" | "pools" | "secretsProject">): MachineSecrets {
  const jicofo = secretResource(project, customer, "jicofo-auth-password");
  const [bridge, bridgeBefore] = bridgeLogins(customer).map(({ secret }) =>
    secretResource(project, customer, secret),
  ) as [string, string];
  const telemetry = secretResource(project, customer, "telemetry-server-password");
  const mainBridge = secretResource(project, customer, "main-jvb-auth-password");
  const { certificate } = customer;
  return {
    services: {
      prosody: { JICOFO_AUTH_PASSWORD: jicofo, JVB_AUTH_PASSWORD: mainBridge },
      [BREWERY.service]: {
        JICOFO_AUTH_PASSWORD: jicofo,
        JVB_AUTH_PASSWORD: bridge,
        JIGASI_XMPP_PASSWORD: bridgeBefore,
      },
      jicofo: { JICOFO_AUTH_PASSWORD: jicofo },
      [GRAFANA]: {
        GF_SECURITY_ADMIN_PASSWORD: secretResource(project, customer, "grafana-admin-password"),
        TELEMETRY_READ_PASSWORD: secretResource(project, customer, "telemetry-read-password"),
      },
      [TELEGRAF]: { [SERVER_PASSWORD_VARIABLE]: telemetry },
      ...(keeper ? { [KEEPER]: { [SERVER_PASSWORD_VARIABLE]: telemetry } } : {}),
      ...(customer.bridgeOnServer ? { [JVB]: { JVB_AUTH_PASSWORD: bridge } } : {}),
      ...influxdbSecrets(project, customer, pools),
    },
    files: {
      ...(certificate ? { [CERTIFICATE_FILE]: secretLink(project, certificate.secret) } : {}),
      ...registrySecret(project, customer.images.pullSecret),
      ...alertSecretFiles(project, account),
    },
  };
}
