import { bridgeLogins } from "../../model/turns";
import type { Account, Customer } from "../../model/fleet";
import { secretLink, secretResource } from "../../model/names";
import { alertSecretFiles } from "../alerts/alert-delivery";
import { BREWERY } from "../jitsi/brewery";
import { JVB } from "../jitsi/jvb";
import { registrySecret, type MachineSecrets } from "../secrets-file";
import { CERTIFICATE_FILE } from "./certificate";

/**
 * The passwords of a server's services, and the customer's own certificate. The main Prosody does not start without one for bridges, and makes that account
 * an administrator, although no bridge logs in there: so it is one that no bridge holds.
 *
 * @param project Project whose Secret Manager has them.
 * @param account For the secrets by which its alerts reach people.
 */
export function serverSecrets(
  project: string,
  customer: Pick<Customer, "id" | "bridgeOnServer" | "certificate" | "images" | "secretsVersion">,
  account: Pick<Account, "operators">,
): MachineSecrets {
  const jicofo = secretResource(project, customer, "jicofo-auth-password");
  const [bridge, bridgeBefore] = bridgeLogins(customer).map(({ secret }) =>
    secretResource(project, customer, secret),
  ) as [string, string];
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
      ...(customer.bridgeOnServer ? { [JVB]: { JVB_AUTH_PASSWORD: bridge } } : {}),
    },
    files: {
      ...(certificate ? { [CERTIFICATE_FILE]: secretLink(project, certificate.secret) } : {}),
      ...registrySecret(project, customer.images.pullSecret),
      ...alertSecretFiles(project, account),
    },
  };
}
