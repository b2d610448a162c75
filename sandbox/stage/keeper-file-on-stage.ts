import type { KeeperFile, KeeperPool } from "../../model/keeper-file";
import type { Endpoints } from "./stage";

/** Share of an interval that one request may take: on the stage a connection takes its real time. */
const REQUEST_SHARE = 1 / 2;

/**
 * What a keeper is told on a stage: one of its pools, everything at the stage's addresses, and all times as many times
 * shorter as the stage is faster. Schedules are left out, because their hours are not the stage's.
 */
export function keeperFileOnStage(
  { customer, influxdb }: KeeperFile,
  pool: KeeperPool,
  { jicofo, influxdb: url, endpoints, bridgePort }: Endpoints,
  speed: number,
): KeeperFile {
  const intervalSeconds = pool.intervalSeconds / speed;
  const settings = Object.entries(pool.settings).map(([name, value]) => [
    name,
    typeof value === "number" && name.endsWith("Seconds") ? value / speed : value,
  ]);
  return {
    customer,
    jicofo,
    influxdb: { ...influxdb, url },
    endpoints,
    bridgePort,
    pools: [
      {
        ...pool,
        intervalSeconds,
        requestSeconds: intervalSeconds * REQUEST_SHARE,
        lookaheadSeconds: pool.lookaheadSeconds / speed,
        schedules: [],
        settings: Object.fromEntries(settings) as KeeperPool["settings"],
      },
    ],
  };
}
