import type { MachineFiles } from "../../render/machine-files";
import { renderBridgeFiles } from "../../render/bridge/bridge-files";
import { renderServerFiles } from "../../render/server/server-files";
import { buildCatalog } from "../../model/catalog";
import { regionGroups } from "../../model/mesh";
import { aCustomer } from "../builders/fleet";
import { aGcpBridgeInput, aLinodeBridgeInput, alsoServed, aServerInput } from "../builders/machine-input";

/** Every option of the renderers at least once, for what must hold for all of them. */
export const renderings: ReadonlyMap<string, MachineFiles> = new Map([
  ["a server", renderServerFiles(aServerInput())],
  [
    "a server with a bridge",
    renderServerFiles(aServerInput({ customer: aCustomer({ bridgeOnServer: true }) })),
  ],
  ["a server on trial", renderServerFiles(aServerInput({ customer: aCustomer({ acme: "staging" }) }))],
  [
    "a server with a certificate of its own",
    renderServerFiles(aServerInput({ customer: aCustomer({ certificate: { secret: "abc-certificate" } }) })),
  ],
  [
    "a server with the default region groups",
    renderServerFiles(aServerInput({ regionGroups: regionGroups(buildCatalog(), {}) })),
  ],
  ["a bridge on Google Cloud", renderBridgeFiles(aGcpBridgeInput())],
  ["a bridge on Linode", renderBridgeFiles(aLinodeBridgeInput())],
  [
    "a bridge of two customers",
    renderBridgeFiles(aLinodeBridgeInput({ served: [...aLinodeBridgeInput().served, alsoServed] })),
  ],
]);
