import { bridgeLogins } from "../../model/turns";
import { cpuThreshold, packetThreshold, participantsAtFullStress } from "../../model/capacity";
import type { Account, Customer } from "../../model/fleet";
import type { BridgeSettings } from "../../model/schema/bridge";
import { configDirectory, envPath, HOST_ENV_PATH, secretsPath } from "../machine-paths";
import { comment } from "../text/comment";
import type { EnvSection } from "../text/env-file";
import { FromEnvironment } from "../text/hocon";
import type { HoconSection } from "../text/hocon";
import { BREWERY, breweryNames } from "./brewery";
import { HEALTHCHECK, jitsiContainer } from "./container";

/**
 * A bridge (JVB), as it runs on a bridge machine and, with `bridgeOnServer`, on a server.
 */
export const JVB = "jvb";

/** UDP port of media, of callers and of other bridges. */
export const MEDIA_PORT = 10000;

/** Largest UDP receive buffer that a bridge asks for; the machine's `net.core.rmem_max` must allow it. */
export const RECEIVE_BUFFER_BYTES = 10_485_760;

/** Beside the settings on the machine; `jvb.sh` of the image sources it, just before it starts Java. */
export const START_FILE_PATH = `${configDirectory(JVB)}/videobridge.rc`;

/** Name of the bridge and of its relay; `jvb.sh` exports it at every start (`renderStartFile`). */
const NICKNAME = new FromEnvironment("JVB_MUC_NICKNAME");
const RELAY_ID = new FromEnvironment("JVB_OCTO_RELAY_ID");

/** The service's definition in a compose file, but for its network. */
export const jvbContainer = (image: string) => ({
  ...jitsiContainer(image, "32M"),
  // Exit 0 is a bridge that was told to leave: it stays away. Anything else is a crash.
  restart: "on-failure",
  env_file: [envPath(JVB), HOST_ENV_PATH, secretsPath(JVB)],
  volumes: [
    `${configDirectory(JVB)}:/config:ro`,
    `${START_FILE_PATH}:/usr/share/jitsi-videobridge/lib/videobridge.rc:ro`,
  ],
  healthcheck: HEALTHCHECK,
});

/**
 * Environment of a bridge.
 *
 * @param home The customer whose brewery the image's own template describes (`shard0`).
 * @param server Host to dial.
 * @param region What Jicofo compares (`model/mesh.ts`).
 */
export const jvbEnv = (
  home: Pick<Customer, "id" | "hostname" | "secretsVersion">,
  server: string,
  region: string,
): EnvSection[] => [
  {
    why: `Where the bridge announces itself: the brewery of ${home.id}, whose certificate carries the auth domain.`,
    variables: {
      ENABLE_JVB_XMPP_SERVER: 1,
      JVB_XMPP_SERVER: server,
      JVB_XMPP_PORT: BREWERY.port,
      ...breweryNames(home),
      JVB_AUTH_USER: bridgeLogins(home)[0].user,
    },
  },
  {
    why: "One mesh over all regions and clouds. The relay id is made at each start (videobridge.rc).",
    variables: { ENABLE_OCTO: 1, JVB_OCTO_REGION: region },
  },
  {
    why:
      "The public address is known (JVB_ADVERTISE_IPS in host.env), so no stranger's STUN server is asked; callers " +
      "cannot reach private addresses. Relays advertise them to each other all the same.",
    variables: {
      JVB_DISABLE_STUN: 1,
      JVB_ADVERTISE_PRIVATE_CANDIDATES: "false",
      JVB_REQUIRE_VALID_ADDRESS: 1,
    },
  },
  {
    why: "Statistics and orderly shutdown; the shutdown call answers 404 unless both are on.",
    variables: { COLIBRI_REST_ENABLED: 1, SHUTDOWN_REST_ENABLED: 1 },
  },
];

/** How a bridge logs in, the same for every customer that it serves. */
export const login = ({ rehearsal }: Pick<Account, "rehearsal">) => ({
  // The image's template turns verification off, which would hand the password to anyone on the path.
  DISABLE_CERTIFICATE_VERIFICATION: rehearsal,
  SECURITY_MODE: "required",
  MUC_NICKNAME: NICKNAME,
});

/** What a bridge does beyond logging in. */
export interface JvbOptions {
  readonly bridge: BridgeSettings;
  /** Virtual processors of the machine. */
  readonly vcpus: number;
  /** Minutes that a bridge which is to leave may go on with its calls. */
  readonly drainDeadlineMinutes: number;
}

/** `custom-jvb.conf` beyond logins and ports; the image reads it last, so it wins over the environment. */
export const jvbSettings = (
  account: Pick<Account, "rehearsal">,
  { bridge, vcpus, drainDeadlineMinutes }: JvbOptions,
): HoconSection[] => [
  {
    why: "The home's brewery: the image's template turns certificate checks off.",
    settings: { videobridge: { apis: { "xmpp-client": { configs: { shard0: login(account) } } } } },
  },
  {
    why: "New at every start, see videobridge.rc.",
    settings: { videobridge: { relay: { "relay-id": RELAY_ID } } },
  },
  {
    why: "Presence carries what Jicofo reads and nothing else; it goes out every 5 seconds.",
    settings: { videobridge: { apis: { "xmpp-client": { "stats-filter": { enabled: true } } } } },
  },
  {
    why: "A bridge that was told to leave moves its last users then, not after a day.",
    settings: {
      videobridge: { shutdown: { "graceful-shutdown-max-duration": `${drainDeadlineMinutes} minutes` } },
    },
  },
  {
    why: "Time that Jicofo has to move them; it fits the 90 seconds that a cloud leaves a machine to stop.",
    settings: { videobridge: { shutdown: { "shutting-down-delay": "45 seconds" } } },
  },
  {
    why: "Less to send in large calls: so many videos at most, and the loudest speakers only.",
    settings: {
      videobridge: { cc: { "jvb-last-n": bridge.lastN }, loudest: { "route-loudest-only": true } },
    },
  },
  {
    why: "Where stress 1 is, and what somebody who just joined adds until the bridge has measured it.",
    settings: {
      videobridge: {
        "load-management": {
          "average-participant-stress": participantStress(vcpus, bridge.load),
          "load-measurements": loadMeasurements(vcpus, bridge.load),
        },
      },
    },
  },
  {
    why: "Not more than the machine's net.core.rmem_max.",
    settings: { ice4j: { harvest: { udp: { "receive-buffer-size": RECEIVE_BUFFER_BYTES } } } },
  },
];

/** Stress of one participant: 0.01 with 4 processors, the release's default (`model/capacity.ts`). */
export const participantStress = (vcpus: number, load: BridgeSettings["load"]): number =>
  Number((1 / participantsAtFullStress(vcpus, load)).toFixed(4));

const loadMeasurements = (vcpus: number, load: BridgeSettings["load"]) =>
  load.measurement === "cpu"
    ? { "load-measurement": "cpu-usage", "cpu-usage": { "load-threshold": cpuThreshold(load) } }
    : {
        "load-measurement": "packet-rate",
        "packet-rate": { "load-threshold": packetThreshold(vcpus, load) },
      };

/**
 * Names the bridge anew at each start of its process, also when the image's init restarts it after a crash: a bridge
 * that is back under its old name within 15 seconds leaves its users hanging, because Jicofo notices nothing.
 */
export const renderStartFile = (): string =>
  comment(
    "Sourced by jvb.sh at each start of the bridge. A bridge that comes back within 15 seconds under its old name " +
      "leaves its users hanging: Jicofo notices nothing. Two bridges with one relay id mix up their calls.",
  ) +
  `${NICKNAME.name}="\${FLEET_INSTANCE:?}-$(date +%s)"\n` +
  `${RELAY_ID.name}="$${NICKNAME.name}"\n` +
  `export ${NICKNAME.name} ${RELAY_ID.name}\n`;
