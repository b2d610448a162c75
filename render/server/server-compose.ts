import { COMPOSE_ADDRESSES, COMPOSE_DYNAMIC_RANGE, COMPOSE_NETWORK } from "../../model/compose-network";
import type { Customer } from "../../model/fleet";
import { imageOf } from "../../model/images";
import { grafanaService } from "../grafana/grafana-service";
import { BREWERY } from "../jitsi/brewery";
import { HEALTHCHECK, jitsiContainer } from "../jitsi/container";
import { JVB, jvbContainer, MEDIA_PORT } from "../jitsi/jvb";
import type { ServerInput } from "../machine-files";
import { configDirectory, envPath, PROSODY_STORAGE, secretsPath } from "../machine-paths";
import { telegrafService } from "../telemetry/telegraf-service";
import { influxdb, influxdbSetup } from "../telemetry/influxdb-service";
import { renderComposeFile } from "../text/compose-file";
import type { ComposeService } from "../text/compose-file";
import { certificateTmpfs, certificateVolume, waitsForCertificate, webStorage } from "./certificate";
import type { PairPlace } from "./certificate";
import { keeperService } from "./keeper";

/**
 * The services of an app server. Each has one complete env file, and those with passwords a second one on a tmpfs.
 *
 * @param webMounts What the web container mounts beside its data (`web-files.ts`).
 */
export const renderServerCompose = (
  {
    account,
    customer,
    keeper,
    memoryGb,
    secretsProject,
  }: Pick<ServerInput, "account" | "customer" | "keeper" | "memoryGb" | "secretsProject">,
  webMounts: readonly string[],
): string =>
  renderComposeFile({
    about: `App server of ${customer.id}. Rendered from accounts/${customer.account}/customers/${customer.id}.yaml.`,
    services: [
      web(customer, webMounts),
      prosody(customer),
      brewery(customer),
      jicofo(customer),
      ...(customer.bridgeOnServer ? [jvb(customer)] : []),
      grafanaService(account),
      telegrafService("server", 1),
      influxdb(memoryGb),
      influxdbSetup(),
      ...(keeper ? [keeperService(keeper, secretsProject)] : []),
    ],
    networks: {
      default: {
        ipam: {
          config: [
            {
              subnet: COMPOSE_NETWORK,
              ip_range: COMPOSE_DYNAMIC_RANGE,
              gateway: COMPOSE_ADDRESSES.gateway,
            },
          ],
        },
      },
    },
  });

/** Where the images look for a certificate that they have not made themselves. */
const WEB_KEYS: PairPlace = { directory: "/config/keys", name: "cert" };
const breweryKeys = ({ hostname }: Customer): PairPlace => ({ directory: "/config/certs", name: hostname });

const web = (customer: Customer, mounts: readonly string[]): ComposeService => ({
  name: "web",
  definition: {
    ...jitsiContainer(imageOf(customer, "web")),
    ...(customer.certificate
      ? {
          ...waitsForCertificate(customer, WEB_KEYS),
          tmpfs: [...jitsiContainer(imageOf(customer, "web")).tmpfs, certificateTmpfs(WEB_KEYS)],
        }
      : {}),
    restart: "unless-stopped",
    env_file: [envPath("web")],
    ports: ["80:8000", "443:8443"],
    volumes: [
      `${webStorage(customer)}:/storage`,
      ...(customer.certificate ? [certificateVolume] : []),
      ...mounts,
    ],
    // The image brings no check. nginx is away for some seconds while a certificate is issued.
    healthcheck: {
      ...HEALTHCHECK,
      test: "curl --fail --silent --output /dev/null http://127.0.0.1:8000/",
    },
    depends_on: ["prosody"],
  },
});

const prosody = (customer: Customer): ComposeService => ({
  name: "prosody",
  why:
    "Callers reach it through nginx only: 5222 is not published. A restart ends every room. The accounts of Jicofo and " +
    "of bridges (host auth.meet.jitsi) are made at each start: one that is there already would keep its old password. " +
    "The address is fixed, because nginx remembers it: a Prosody that was made anew would be lost to it for minutes.",
  definition: {
    ...jitsiContainer(imageOf(customer, "prosody")),
    tmpfs: [
      ...jitsiContainer(imageOf(customer, "prosody")).tmpfs,
      // Prosody writes a host's name so where it names a directory.
      "/var/lib/prosody/auth%2emeet%2ejitsi:size=1M,mode=0750,uid=1000,gid=1000",
    ],
    restart: "unless-stopped",
    env_file: [envPath("prosody"), secretsPath("prosody")],
    volumes: [`${PROSODY_STORAGE}:/var/lib/prosody`],
    networks: { default: { aliases: ["xmpp.meet.jitsi"], ipv4_address: COMPOSE_ADDRESSES.prosody } },
    healthcheck: HEALTHCHECK,
  },
});

const brewery = (customer: Customer): ComposeService => ({
  name: BREWERY.service,
  why:
    "Where bridges log in. Its accounts are made at each start, so that new passwords hold. It starts once there is a " +
    "certificate. A restart re-invites every call: fleet-certificates loads a renewed one with `prosodyctl reload`.",
  definition: {
    ...jitsiContainer(imageOf(customer, "prosody")),
    ...waitsForCertificate(customer, breweryKeys(customer)),
    tmpfs: [
      ...jitsiContainer(imageOf(customer, "prosody")).tmpfs,
      "/var/lib/prosody:size=16M,mode=0750,uid=1000,gid=1000",
      certificateTmpfs(breweryKeys(customer)),
    ],
    restart: "unless-stopped",
    env_file: [envPath(BREWERY.service), secretsPath(BREWERY.service)],
    ports: [`${BREWERY.port}:${BREWERY.port}`],
    volumes: [certificateVolume],
    networks: { default: { aliases: [BREWERY.alias] } },
    healthcheck: HEALTHCHECK,
  },
});

const jicofo = (customer: Customer): ComposeService => ({
  name: "jicofo",
  why: "Unhealthy while there is no bridge. Nothing may restart it for that: every call would be re-invited.",
  definition: {
    ...jitsiContainer(imageOf(customer, "jicofo"), "32M"),
    restart: "unless-stopped",
    env_file: [envPath("jicofo"), secretsPath("jicofo")],
    ports: ["127.0.0.1:8888:8888"],
    volumes: [`${configDirectory("jicofo")}:/config:ro`],
    healthcheck: HEALTHCHECK,
    depends_on: ["prosody", BREWERY.service],
  },
});

const jvb = (customer: Customer): ComposeService => ({
  name: JVB,
  definition: {
    ...jvbContainer(imageOf(customer, "jvb")),
    ports: [`${MEDIA_PORT}:${MEDIA_PORT}/udp`, "127.0.0.1:8080:8080"],
    depends_on: [BREWERY.service],
  },
});
