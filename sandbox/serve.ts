/**
 * Runs the offline providers in the foreground, for your own Terraform commands:
 *
 *   npm run sandbox [-- <file of the pretended clouds>]     (default: .rehearsal/clouds.json)
 *
 * prints the settings to paste into another shell and serves until Ctrl-C.
 */
import { mkdirSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { servePlugins } from "./protocol/plugin-server";
import { offlineProviders } from "./providers";
import { CloudStore } from "./store/cloud-store";
import { terraformEnvironment } from "./terraform-environment";

async function main(): Promise<void> {
  const path = resolve(process.argv[2] ?? ".rehearsal/clouds.json");
  mkdirSync(dirname(path), { recursive: true });
  const store = new CloudStore(path);
  const servers = await servePlugins(offlineProviders(store));
  const settings = terraformEnvironment(dirname(path), servers.reattach);
  for (const [name, value] of Object.entries(settings)) console.log(`export ${name}='${value}'`);
  console.error(
    `\nServing the pretended clouds of ${path}. Paste the lines above into another shell; end with Ctrl-C.`,
  );
  const stop = (): void => {
    servers.close();
    store.close();
  };
  process.once("SIGINT", stop);
  process.once("SIGTERM", stop);
}

void main();
