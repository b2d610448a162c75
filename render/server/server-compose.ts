import { COMPOSE_NETWORK } from "../../model/compose-network";
import type { Customer } from "../../model/fleet";
import { BREWERY } from "../jitsi/brewery";
import { HEALTHCHECK, jitsiContainer } from "../jitsi/container";
import { JVB, jvbContainer, MEDIA_PORT } from "../jitsi/jvb";
import { configDirectory, envPath, PROSODY_STORAGE, secretsPath, WEB_STORAGE } from "../machine-paths";
import { renderComposeFile } from "../text/compose-file";
import type { ComposeService } from "../text/compose-file";
import { certificateTmpfs, certificateVolume, waitsForCertificate } from "./certificate";
import type { PairPlace } from "./certificate";

/** The services of an app server. Each has one complete env file, and those with passwords a second one on a tmpfs. */
export const renderServerCompose = (customer: Customer): string =>
  renderComposeFile({
    about: `App server of ${customer.id}. Rendered from accounts/${customer.account}/customers/${customer.id}.yaml.`,
    services: [
      web(customer),
      prosody(customer),
      brewery(customer),
      jicofo(customer),
      ...(customer.bridgeOnServer ? [jvb(customer)] : []),
    ],
    networks: { default: { ipam: { config: [{ subnet: COMPOSE_NETWORK }] } } },
  });

/** Where the images look for a certificate that they have not made themselves. */
const WEB_KEYS: PairPlace = { directory: "/config/keys", name: "cert" };
const breweryKeys = ({ hostname }: Customer): PairPlace => ({ directory: "/config/certs", name: hostname });

const web = (customer: Customer): ComposeService => ({
  name: "web",
  definition: {
    ...jitsiContainer("web", customer.release),
    ...(customer.certificate
      ? {
          ...waitsForCertificate(customer, WEB_KEYS),
          tmpfs: [...jitsiContainer("web", customer.release).tmpfs, certificateTmpfs(WEB_KEYS)],
        }
      : {}),
    restart: "unless-stopped",
    env_file: [envPath("web")],
    ports: ["80:8000", "443:8443"],
    volumes: [`${WEB_STORAGE}:/storage`, ...(customer.certificate ? [certificateVolume] : [])],
    // The image brings no check. nginx is away for some seconds while a certificate is issued.
    healthcheck: {
      ...HEALTHCHECK,
      test: "curl --fail --silent --output /dev/null http://127.0.0.1:8000/",
    },
    depends_on: ["prosody"],
  },
});

const prosody = ({ release }: Customer): ComposeService => ({
  name: "prosody",
  why:
    "Callers reach it through nginx only: 5222 is not published. A restart ends every room. The accounts of Jicofo and " +
    "of bridges (host auth.meet.jitsi) are made at each start: one that is there already would keep its old password.",
  definition: {
    ...jitsiContainer("prosody", release),
    tmpfs: [
      ...jitsiContainer("prosody", release).tmpfs,
      // Prosody writes a host's name so where it names a directory.
      "/var/lib/prosody/auth%2emeet%2ejitsi:size=1M,mode=0750,uid=1000,gid=1000",
    ],
    restart: "unless-stopped",
    env_file: [envPath("prosody"), secretsPath("prosody")],
    volumes: [`${PROSODY_STORAGE}:/var/lib/prosody`],
    networks: { default: { aliases: ["xmpp.meet.jitsi"] } },
    healthcheck: HEALTHCHECK,
  },
});

const brewery = (customer: Customer): ComposeService => ({
  name: BREWERY.service,
  why:
    "Where bridges log in. Its accounts are made at each start, so that new passwords hold. It starts once there is a " +
    "certificate. A restart re-invites every call: fleet-certificates loads a renewed one with `prosodyctl reload`.",
  definition: {
    ...jitsiContainer("prosody", customer.release),
    ...waitsForCertificate(customer, breweryKeys(customer)),
    tmpfs: [
      ...jitsiContainer("prosody", customer.release).tmpfs,
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

const jicofo = ({ release }: Customer): ComposeService => ({
  name: "jicofo",
  why: "Unhealthy while there is no bridge. Nothing may restart it for that: every call would be re-invited.",
  definition: {
    ...jitsiContainer("jicofo", release, "32M"),
    restart: "unless-stopped",
    env_file: [envPath("jicofo"), secretsPath("jicofo")],
    ports: ["127.0.0.1:8888:8888"],
    volumes: [`${configDirectory("jicofo")}:/config:ro`],
    healthcheck: HEALTHCHECK,
    depends_on: ["prosody", BREWERY.service],
  },
});

const jvb = ({ release }: Customer): ComposeService => ({
  name: JVB,
  definition: {
    ...jvbContainer(release),
    ports: [`${MEDIA_PORT}:${MEDIA_PORT}/udp`, "127.0.0.1:8080:8080"],
    depends_on: [BREWERY.service],
  },
});
