import { bridgeRegion } from "../../model/mesh";
import { regionOfZone } from "../../model/catalog";
import { BREWERY } from "../jitsi/brewery";
import { JVB, jvbEnv, jvbSettings, renderStartFile, START_FILE_PATH } from "../jitsi/jvb";
import { COMPOSE_PATH, configDirectory, envPath, SECRETS_FILE_PATH } from "../machine-paths";
import type { MachineFiles, ServerInput } from "../machine-files";
import { registrySecret, renderSecretsFile } from "../secrets-file";
import { collectFiles } from "../text/collect-files";
import { renderEnvFile } from "../text/env-file";
import { renderHoconFile } from "../text/hocon";
import { renderJicofoConf, renderJicofoEnv } from "./jicofo-files";
import { renderBreweryEnv, renderProsodyEnv } from "./prosody-env";
import { renderServerCompose } from "./server-compose";
import { serverSecrets } from "./server-secrets";
import { renderWebEnv } from "./web-env";
import { webFiles, webMounts } from "./web-files";

/** All files below `/etc/fleet` of a customer's app server. */
export function renderServerFiles(input: ServerInput): MachineFiles {
  const { account, customer, regionGroups, secretsProject } = input;
  const region = bridgeRegion(customer.server.cloud, regionOfZone(customer.server.zone));
  const web = webFiles(customer, region);
  return collectFiles({
    [COMPOSE_PATH]: renderServerCompose(customer, webMounts(web)),
    [SECRETS_FILE_PATH]: renderSecretsFile(
      serverSecrets(secretsProject, customer),
      registrySecret(secretsProject, customer.images.pullSecret),
    ),
    [envPath("web")]: renderWebEnv(account, customer),
    ...web,
    [envPath("prosody")]: renderProsodyEnv(customer),
    [envPath(BREWERY.service)]: renderBreweryEnv(customer),
    [envPath("jicofo")]: renderJicofoEnv(customer, region, regionGroups),
    [`${configDirectory("jicofo")}/custom-jicofo.conf`]: renderJicofoConf(),
    ...(customer.bridgeOnServer
      ? {
          [envPath(JVB)]: renderEnvFile(jvbEnv(customer, BREWERY.alias, region)),
          [`${configDirectory(JVB)}/custom-jvb.conf`]: renderHoconFile(jvbSettings()),
          [START_FILE_PATH]: renderStartFile(),
        }
      : {}),
  });
}
