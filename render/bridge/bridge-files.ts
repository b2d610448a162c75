import { bridgeLogins } from "../../model/bridge-logins";
import { bridgePullSecret } from "../../model/images";
import { poolRegion, secretResource } from "../../model/names";
import { BREWERY } from "../jitsi/brewery";
import {
  JVB,
  jvbContainer,
  jvbEnv,
  jvbSettings,
  login,
  renderStartFile,
  START_FILE_PATH,
} from "../jitsi/jvb";
import type { BridgeInput, MachineFiles, ServedCustomer } from "../machine-files";
import { COMPOSE_PATH, configDirectory, envPath, SECRETS_FILE_PATH } from "../machine-paths";
import { registrySecret, renderSecretsFile } from "../secrets-file";
import type { MachineSecrets } from "../secrets-file";
import { collectFiles } from "../text/collect-files";
import { renderComposeFile } from "../text/compose-file";
import { renderEnvFile } from "../text/env-file";
import { FromEnvironment, renderHoconFile } from "../text/hocon";
import type { HoconSection } from "../text/hocon";

/**
 * All files below `/etc/fleet` of a bridge machine, the same for every machine of a pool: what differs between two of
 * them is found at boot (`host.env`).
 */
export function renderBridgeFiles(input: BridgeInput): MachineFiles {
  const { account, pool, served, memoryGb, vcpus, secretsProject } = input;
  const [home, ...others] = served;
  return collectFiles({
    [COMPOSE_PATH]: renderComposeFile({
      about: `Bridge of pool ${pool.id}. Rendered from accounts/${pool.account}/pools/${pool.id}.yaml.`,
      services: [
        {
          name: JVB,
          why: "The machine's own network: no address translation in the way of media.",
          definition: { ...jvbContainer(home.customer), network_mode: "host" },
        },
      ],
    }),
    [envPath(JVB)]: renderEnvFile([
      ...jvbEnv(home.customer, home.server, poolRegion(pool)),
      {
        why: "Half of the machine; the rest is for buffers outside of Java and for the system.",
        variables: { VIDEOBRIDGE_MAX_MEMORY: `${heapMb(memoryGb)}m` },
      },
    ]),
    [`${configDirectory(JVB)}/custom-jvb.conf`]: renderHoconFile([
      ...jvbSettings(account, { ...pool, vcpus }),
      privateHttp(pool.cloud),
      ...others.map((other) => furtherBrewery(other, account)),
    ]),
    [START_FILE_PATH]: renderStartFile(),
    ...(secretsProject === undefined
      ? {}
      : {
          [SECRETS_FILE_PATH]: renderSecretsFile(bridgeSecrets(secretsProject, served)),
        }),
  });
}

/**
 * Java heap of a bridge in MB: half of the machine's memory, at most 6144. A bridge holds packets, not state: 330 to
 * 380 MB resident with users; 6 GB is the most that the largest public service gives one.
 */
export const heapMb = (memoryGb: number): number => Math.min(6144, Math.floor((memoryGb * 1024) / 2));

/** Variable that holds a bridge's password at the brewery of a customer beside its home. Ids have no underscore. */
export const passwordVariable = (customerId: string): string =>
  `JVB_AUTH_PASSWORD_${customerId.toUpperCase().replaceAll("-", "_")}`;

/** One password for each customer: what the bridge logs in to that customer's brewery with. */
const bridgeSecrets = (project: string, [home, ...others]: BridgeInput["served"]): MachineSecrets => {
  const password = ({ customer }: ServedCustomer) =>
    secretResource(project, customer, bridgeLogins(customer)[0].secret);
  return {
    services: {
      [JVB]: Object.fromEntries([
        ["JVB_AUTH_PASSWORD", password(home)],
        ...others.map((other) => [passwordVariable(other.customer.id), password(other)] as const),
      ]),
    },
    files: registrySecret(project, bridgePullSecret(home.customer)),
  };
};

/** The image describes the home's brewery by variables; every other customer gets the same block by hand. */
const furtherBrewery = (
  { customer, server }: ServedCustomer,
  account: BridgeInput["account"],
): HoconSection => ({
  why: `The brewery of ${customer.id}.`,
  settings: {
    videobridge: {
      apis: {
        "xmpp-client": {
          configs: {
            [`customer-${customer.id}`]: {
              HOSTNAME: server,
              PORT: String(BREWERY.port),
              DOMAIN: customer.hostname,
              USERNAME: bridgeLogins(customer)[0].user,
              PASSWORD: new FromEnvironment(passwordVariable(customer.id)),
              MUC_JIDS: `${BREWERY.room}@${BREWERY.rooms}`,
              ...login(account),
            },
          },
        },
      },
    },
  },
});

/** Port 8080 asks for no password: drain, shutdown and statistics are open to whoever reaches it. */
const privateHttp = (cloud: "gcp" | "linode"): HoconSection =>
  cloud === "gcp"
    ? {
        why: "8080 asks for no password. The network's firewall admits the server and the health checkers only.",
        settings: { videobridge: { "http-servers": { private: { host: "0.0.0.0" } } } },
      }
    : {
        why: "8080 asks for no password, and this machine's network card is on the Internet.",
        settings: { videobridge: { "http-servers": { private: { host: "127.0.0.1" } } } },
      };
