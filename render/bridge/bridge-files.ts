import { bridgeSecrets, mapSecrets, passwordVariable } from "../../model/bridge-secrets";
import { bridgeLogins } from "../../model/turns";
import type { Customer } from "../../model/fleet";
import { bridgeImage, bridgePullSecret } from "../../model/images";
import { DEFAULT_DRAIN_DEADLINE_MINUTES } from "../../model/schema/pool";
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
import { renderBridgeTelegraf } from "../telemetry/telegraf-conf";
import { TELEGRAF_CONF_PATH, telegrafService } from "../telemetry/telegraf-service";
import { collectFiles } from "../text/collect-files";
import { renderComposeFile } from "../text/compose-file";
import { renderEnvFile } from "../text/env-file";
import { FromEnvironment, renderHoconFile } from "../text/hocon";
import type { HoconSection } from "../text/hocon";
import { drainedAtStart, readDrainState, withDrainState } from "./drain-state";

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
          definition: {
            ...withDrainState(pool.cloud, jvbContainer(bridgeImage(pool, home.customer))),
            network_mode: "host",
          },
        },
        telegrafService("bridge", served.length),
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
      ...jvbSettings(account, {
        bridge: pool.bridge,
        vcpus,
        // A push over SSH moves who is left by itself; a change of its deadline is no reason to restart bridges.
        drainDeadlineMinutes:
          pool.cloud === "gcp" ? pool.drainDeadlineMinutes : DEFAULT_DRAIN_DEADLINE_MINUTES,
      }),
      privateHttp(pool.cloud),
      ...(pool.cloud === "linode" ? [drainedAtStart()] : []),
      ...others.map((other) => furtherBrewery(other, account)),
    ]),
    [START_FILE_PATH]: renderStartFile() + (pool.cloud === "linode" ? readDrainState() : ""),
    [TELEGRAF_CONF_PATH]: renderBridgeTelegraf(account, pool, customersOf(served)),
    ...(secretsProject === undefined
      ? {}
      : {
          [SECRETS_FILE_PATH]: renderSecretsFile({
            services: mapSecrets(bridgeSecrets(pool, customersOf(served)), ({ customer, secret }) =>
              secretResource(secretsProject, customer, secret),
            ),
            files: registrySecret(secretsProject, bridgePullSecret(home.customer)),
          }),
        }),
  });
}

const customersOf = ([home, ...others]: BridgeInput["served"]): readonly [Customer, ...Customer[]] => [
  home.customer,
  ...others.map(({ customer }) => customer),
];

/**
 * Java heap of a bridge in MB: half of the machine's memory, at most 6144. A bridge holds packets, not state: 330 to
 * 380 MB resident with users; 6 GB is the most that the largest public service gives one.
 */
export const heapMb = (memoryGb: number): number => Math.min(6144, Math.floor((memoryGb * 1024) / 2));

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
