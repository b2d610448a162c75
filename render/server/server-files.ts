import { bridgeRegion } from "../../model/mesh";
import { regionOfZone } from "../../model/catalog";
import { DEFAULT_DRAIN_DEADLINE_MINUTES } from "../../model/schema/pool";
import { grafanaFiles } from "../grafana/grafana-files";
import { alertFiles } from "../alerts/alert-files";
import { BREWERY } from "../jitsi/brewery";
import { JVB, jvbEnv, jvbSettings, renderStartFile, START_FILE_PATH } from "../jitsi/jvb";
import {
  CERTIFICATE_SETTINGS_PATH,
  COMPOSE_PATH,
  configDirectory,
  envPath,
  SECRETS_FILE_PATH,
} from "../machine-paths";
import type { MachineFiles, ServerInput } from "../machine-files";
import { renderSecretsFile } from "../secrets-file";
import { renderServerTelegraf } from "../telemetry/telegraf-conf";
import { TELEGRAF_CONF_PATH } from "../telemetry/telegraf-service";
import { INFLUXDB, renderInfluxdbEnv } from "../telemetry/influxdb-service";
import { influxdbSetupFiles } from "../telemetry/influxdb-setup";
import { collectFiles } from "../text/collect-files";
import { renderEnvFile } from "../text/env-file";
import { renderHoconFile } from "../text/hocon";
import { renderCertificateSettings } from "./certificate";
import { renderJicofoConf, renderJicofoEnv } from "./jicofo-files";
import { keeperFiles } from "./keeper";
import { renderBreweryEnv, renderProsodyEnv } from "./prosody-env";
import { renderServerCompose } from "./server-compose";
import { serverSecrets } from "./server-secrets";
import { renderWebEnv } from "./web-env";
import { webFiles, webMounts } from "./web-files";

/** All files below `/etc/fleet` of a customer's app server. */
export function renderServerFiles(input: ServerInput): MachineFiles {
  const { account, customer, memoryGb, pools, regionGroups, vcpus } = input;
  const region = bridgeRegion(customer.server.cloud, regionOfZone(customer.server.zone));
  const web = webFiles(customer, region);
  return collectFiles({
    [COMPOSE_PATH]: renderServerCompose(input, webMounts(web)),
    [SECRETS_FILE_PATH]: renderSecretsFile(serverSecrets(input)),
    [CERTIFICATE_SETTINGS_PATH]: renderCertificateSettings(account, customer),
    [envPath("web")]: renderWebEnv(account, customer),
    ...web,
    [envPath("prosody")]: renderProsodyEnv(customer),
    [envPath(BREWERY.service)]: renderBreweryEnv(customer),
    [envPath("jicofo")]: renderJicofoEnv(customer, region, regionGroups),
    [`${configDirectory("jicofo")}/custom-jicofo.conf`]: renderJicofoConf(account, customer),
    ...grafanaFiles(input),
    [TELEGRAF_CONF_PATH]: renderServerTelegraf(customer),
    [envPath(INFLUXDB)]: renderInfluxdbEnv(memoryGb),
    ...influxdbSetupFiles(customer, pools),
    ...alertFiles(input),
    ...keeperFiles(input),
    ...(customer.bridgeOnServer
      ? {
          [envPath(JVB)]: renderEnvFile([
            ...jvbEnv(customer, BREWERY.alias, region),
            {
              why: "A quarter of the machine: Jicofo, Prosody, web and the system share the rest.",
              variables: { VIDEOBRIDGE_MAX_MEMORY: `${serverBridgeHeapMb(memoryGb)}m` },
            },
          ]),
          [`${configDirectory(JVB)}/custom-jvb.conf`]: renderHoconFile(
            jvbSettings(account, {
              bridge: customer.serverBridge,
              vcpus,
              drainDeadlineMinutes: DEFAULT_DRAIN_DEADLINE_MINUTES,
            }),
          ),
          [START_FILE_PATH]: renderStartFile(),
        }
      : {}),
  });
}

/** Java heap of a bridge on a server in MB: a quarter of the machine's memory, at most the image's default of 3072. */
export const serverBridgeHeapMb = (memoryGb: number): number =>
  Math.min(3072, Math.floor((memoryGb * 1024) / 4));
