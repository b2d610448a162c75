import type { MachineFiles } from "../../render/machine-files";
import { renderBridgeFiles } from "../../render/bridge/bridge-files";
import { renderServerFiles } from "../../render/server/server-files";
import { buildCatalog } from "../../model/catalog";
import { regionGroups } from "../../model/mesh";
import { bridgeSchema } from "../../model/schema/bridge";
import { jicofoSchema } from "../../model/schema/jicofo";
import { aCustomer, aLinodePool } from "../builders/fleet";
import { aGcpBridgeInput, aLinodeBridgeInput, alsoServed, aServerInput } from "../builders/machine-input";

/** Every option of the renderers at least once, for what must hold for all of them. */
export const renderings: ReadonlyMap<string, MachineFiles> = new Map([
  ["a server", renderServerFiles(aServerInput())],
  [
    "a server with a bridge",
    renderServerFiles(aServerInput({ customer: aCustomer({ bridgeOnServer: true }) })),
  ],
  ["a server without a keeper", renderServerFiles(aServerInput({ keeper: undefined }))],
  ["a server on trial", renderServerFiles(aServerInput({ customer: aCustomer({ acme: "staging" }) }))],
  [
    "a server with a certificate of its own",
    renderServerFiles(aServerInput({ customer: aCustomer({ certificate: { secret: "abc-certificate" } }) })),
  ],
  [
    "a server with the default region groups",
    renderServerFiles(aServerInput({ regionGroups: regionGroups(buildCatalog(), {}) })),
  ],
  [
    "a server with every option of its page",
    renderServerFiles(
      aServerInput({
        customer: aCustomer({
          language: "de",
          allowedOrigins: ["https://app.example", "http://localhost:3000"],
          meetings: {
            lobby: false,
            breakoutRooms: false,
            avModeration: false,
            endConference: false,
            maxParticipants: 50,
          },
          participantRegion: {
            header: {
              name: "X-Client-Region",
              values: { EU: "gcp-europe-west4", US: "gcp-us-east1" },
              from: ["130.211.0.0/22", "35.191.0.0/16"],
            },
            networks: { "203.0.113.0/24": "gcp-us-east1", "10.0.0.0/8": "gcp-europe-west4" },
          },
          webFiles: new Map([
            ["branding/logo.svg", "<svg/>\n"],
            ["config.js", "config.disableDeepLinking = true;\n"],
            ["interface_config.js", "interfaceConfig.APP_NAME = 'ACME Meet';\n"],
          ]),
        }),
      }),
    ),
  ],
  [
    "a server with a bridge and other settings of it and of Jicofo",
    renderServerFiles(
      aServerInput({
        customer: aCustomer({
          bridgeOnServer: true,
          serverBridge: bridgeSchema.parse({ lastN: 9, load: { cpuThreshold: 0.6 } }),
          jicofo: jicofoSchema.parse({
            selectionStrategy: "SingleBridge",
            maxParticipantsPerBridge: 200,
            iceFailureDetection: { enabled: false },
          }),
        }),
      }),
    ),
  ],
  ["a bridge on Google Cloud", renderBridgeFiles(aGcpBridgeInput())],
  ["a bridge on Linode", renderBridgeFiles(aLinodeBridgeInput())],
  [
    "a bridge that measures packets",
    renderBridgeFiles(
      aLinodeBridgeInput({
        pool: aLinodePool({
          drainDeadlineMinutes: 5,
          bridge: bridgeSchema.parse({ lastN: 500, load: { measurement: "packet-rate" } }),
        }),
      }),
    ),
  ],
  [
    "a bridge of two customers",
    renderBridgeFiles(aLinodeBridgeInput({ served: [...aLinodeBridgeInput().served, alsoServed] })),
  ],
]);

/** Settings of Jitsi's Java programs; nginx's files end alike. */
export const isHocon = (path: string): boolean => /^\/etc\/fleet\/(?:jicofo|jvb)\/.*\.conf$/.test(path);
