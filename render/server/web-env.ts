import type { Account, Customer } from "../../model/fleet";
import { renderEnvFile } from "../text/env-file";
import { meetingSections } from "./meeting-sections";

/** Environment of the web container: the page, nginx, and the certificate of the host name. */
export const renderWebEnv = (
  account: Pick<Account, "operators">,
  customer: Pick<Customer, "hostname" | "acme" | "language" | "meetings">,
): string =>
  renderEnvFile([
    { variables: { PUBLIC_URL: `https://${customer.hostname}`, ENABLE_HTTP_REDIRECT: 1 } },
    {
      why:
        "Let's Encrypt, over port 80. The certificate and the account live on the data disk: a lost disk asks for a " +
        "new certificate, and there are 5 a week for one name.",
      variables: {
        ENABLE_LETSENCRYPT: 1,
        LETSENCRYPT_DOMAIN: customer.hostname,
        LETSENCRYPT_EMAIL: account.operators.email,
        LETSENCRYPT_ACME_SERVER: "letsencrypt",
        ...(customer.acme === "staging" ? { LETSENCRYPT_USE_STAGING: 1 } : {}),
      },
    },
    {
      why: "Each caller holds two connections (to nginx and from it to Prosody). Default: 768 for each of 4 workers.",
      variables: { NGINX_WORKER_CONNECTIONS: 4096 },
    },
    ...(customer.language === undefined ? [] : [{ variables: { DEFAULT_LANGUAGE: customer.language } }]),
    ...meetingSections(customer.meetings, "web"),
  ]);
