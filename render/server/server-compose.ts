import { COMPOSE_ADDRESSES, COMPOSE_DYNAMIC_RANGE, COMPOSE_NETWORK } from "../../model/compose-network";
import type { Customer } from "../../model/fleet";
import { BREWERY } from "../jitsi/brewery";
import { HEALTHCHECK, jitsiContainer } from "../jitsi/container";
import { JVB, jvbContainer, MEDIA_PORT } from "../jitsi/jvb";
import {
  BREWERY_CERTIFICATES,
  configDirectory,
  envPath,
  PROSODY_STORAGE,
  secretsPath,
  WEB_STORAGE,
} from "../machine-paths";
import { renderComposeFile } from "../text/compose-file";
import type { ComposeService } from "../text/compose-file";

/**
 * The services of an app server. Each has one complete env file, and those with passwords a second one on a tmpfs.
 *
 * @param webMounts What the web container mounts beside its data (`web-files.ts`).
 */
export const renderServerCompose = (customer: Customer, webMounts: readonly string[]): string =>
  renderComposeFile({
    about: `App server of ${customer.id}. Rendered from accounts/${customer.account}/customers/${customer.id}.yaml.`,
    services: [
      web(customer, webMounts),
      prosody(customer),
      brewery(customer),
      jicofo(customer),
      ...(customer.bridgeOnServer ? [jvb(customer)] : []),
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

const web = (customer: Customer, mounts: readonly string[]): ComposeService => ({
  name: "web",
  definition: {
    ...jitsiContainer("web", customer),
    restart: "unless-stopped",
    env_file: [envPath("web")],
    ports: ["80:8000", "443:8443"],
    volumes: [`${WEB_STORAGE}:/storage`, ...mounts],
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
    "The address is fixed, because nginx asks for it once: a Prosody that was made anew would be lost to callers.",
  definition: {
    ...jitsiContainer("prosody", customer),
    tmpfs: [
      ...jitsiContainer("prosody", customer).tmpfs,
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
    "Where bridges log in. Its accounts are made at each start, so that new passwords hold. A restart re-invites " +
    "every call: a renewed certificate is loaded with `prosodyctl reload`.",
  definition: {
    ...jitsiContainer("prosody", customer),
    tmpfs: [
      ...jitsiContainer("prosody", customer).tmpfs,
      "/var/lib/prosody:size=16M,mode=0750,uid=1000,gid=1000",
    ],
    restart: "unless-stopped",
    env_file: [envPath(BREWERY.service), secretsPath(BREWERY.service)],
    ports: [`${BREWERY.port}:${BREWERY.port}`],
    // The directory, not the files: a file that is replaced would stay the old one in here.
    volumes: [`${BREWERY_CERTIFICATES}:/config/certs:ro`],
    networks: { default: { aliases: [BREWERY.alias] } },
    healthcheck: HEALTHCHECK,
  },
});

const jicofo = (customer: Customer): ComposeService => ({
  name: "jicofo",
  why: "Unhealthy while there is no bridge. Nothing may restart it for that: every call would be re-invited.",
  definition: {
    ...jitsiContainer("jicofo", customer, "32M"),
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
    ...jvbContainer(customer),
    ports: [`${MEDIA_PORT}:${MEDIA_PORT}/udp`, "127.0.0.1:8080:8080"],
    depends_on: [BREWERY.service],
  },
});
