import type { Customer } from "../../model/fleet";
import { certificateResource, secretResource } from "../../model/names";
import { BREWERY } from "../jitsi/brewery";
import { JVB } from "../jitsi/jvb";
import type { MachineSecrets } from "../secrets-file";
import { CERTIFICATE_FILE } from "./certificate";

/**
 * The passwords of a server's services, and the customer's own certificate. The main Prosody does not start without one for bridges, and makes that account
 * an administrator, although no bridge logs in there: so it is one that no bridge holds.
 *
 * @param project Project whose Secret Manager has them.
 */
export function serverSecrets(
  project: string,
  customer: Pick<Customer, "id" | "bridgeOnServer" | "certificate">,
): MachineSecrets {
  const jicofo = secretResource(project, customer, "jicofo-auth-password");
  const bridge = secretResource(project, customer, "jvb-auth-password");
  const mainBridge = secretResource(project, customer, "main-jvb-auth-password");
  const { certificate } = customer;
  return {
    services: {
      prosody: { JICOFO_AUTH_PASSWORD: jicofo, JVB_AUTH_PASSWORD: mainBridge },
      [BREWERY.service]: { JICOFO_AUTH_PASSWORD: jicofo, JVB_AUTH_PASSWORD: bridge },
      jicofo: { JICOFO_AUTH_PASSWORD: jicofo },
      ...(customer.bridgeOnServer ? { [JVB]: { JVB_AUTH_PASSWORD: bridge } } : {}),
    },
    files: certificate ? { [CERTIFICATE_FILE]: certificateResource(project, certificate.secret) } : {},
  };
}
