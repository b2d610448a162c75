import { bridgeLogins } from "../../model/turns";
import { COMPOSE_ADDRESSES, COMPOSE_NETWORK } from "../../model/compose-network";
import type { Customer } from "../../model/fleet";
import { BREWERY, breweryNames } from "../jitsi/brewery";
import { renderEnvFile } from "../text/env-file";
import { meetingSections } from "./meeting-sections";

/** Environment of the main Prosody: rooms, chat, and the logins of callers. XMPP names keep the images' defaults. */
export const renderProsodyEnv = (customer: Pick<Customer, "hostname" | "meetings">): string =>
  renderEnvFile([
    { variables: { PUBLIC_URL: `https://${customer.hostname}` } },
    {
      why: "Bandwidth of one client. The default of 10kb/s delays joins of large rooms.",
      variables: { PROSODY_C2S_LIMIT: "512kb/s" },
    },
    {
      why:
        "Joins and traffic for each address of a caller, which nginx passes on. A school or an office is one address, " +
        "hence more than the default of 3 joins and 200 bytes a second.",
      variables: {
        PROSODY_TRUSTED_PROXIES: `127.0.0.1,::1,${COMPOSE_NETWORK}`,
        PROSODY_ENABLE_RATE_LIMITS: 1,
        PROSODY_RATE_LIMIT_ALLOW_RANGES: COMPOSE_NETWORK,
        PROSODY_RATE_LIMIT_LOGIN_RATE: 20,
        PROSODY_RATE_LIMIT_SESSION_RATE: 2000,
      },
    },
    {
      why: "Numbers for Telegraf, which asks from the machine itself.",
      variables: {
        PROSODY_ENABLE_METRICS: 1,
        PROSODY_METRICS_ALLOWED_CIDR: `${COMPOSE_ADDRESSES.gateway}/32`,
      },
    },
    ...meetingSections(customer.meetings, "prosody"),
  ]);

/** Environment of the brewery Prosody, where bridges announce themselves to Jicofo. */
export function renderBreweryEnv(customer: Pick<Customer, "hostname" | "secretsVersion">): string {
  const [current, previous] = bridgeLogins(customer);
  return renderEnvFile([
    { variables: { PROSODY_MODE: "brewery", XMPP_PORT: BREWERY.port } },
    {
      why: "The auth domain is the public host name: bridges verify the web certificate against it.",
      variables: { ...breweryNames(customer), JVB_AUTH_USER: current.user },
    },
    {
      why:
        "Bridges from before the last rotation have an account of their own. The image makes one more for a Jigasi, " +
        "which logs in elsewhere: so this one.",
      variables: { JIGASI_XMPP_USER: previous.user },
    },
    {
      why:
        "Brewery mode opens no HTTP port by itself, and the health check and the creation of the accounts wait for " +
        "an answer on 5280.",
      variables: { GLOBAL_MODULES: "http" },
    },
  ]);
}
