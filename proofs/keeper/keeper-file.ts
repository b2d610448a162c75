import { KEEPER_DEFAULTS, KEEPER_TIMES } from "../../model/keeper-defaults";
import type { KeeperSettings } from "../../keeper/decide/settings";
import type { KeeperFile, KeeperPool } from "../../model/keeper-file";
import type { PoolObjects } from "../../sandbox/stage/pool-objects";
import type { Endpoints } from "../../sandbox/stage/stage";

const D = KEEPER_DEFAULTS;

export const BUCKET = "acme-meet-prod-fleet-artifacts";
export const PREFIX = "keeper/eu-burst/";

/** What a pool's file says where it says nothing, and a deadline of half an hour; seconds. */
export const settingsFor = (overrides: Partial<KeeperSettings> = {}): KeeperSettings => ({
  min: 2,
  drainsAtOnce: D.drainsAtOnce,
  fullStress: D.fullStress,
  releaseStress: D.releaseStress,
  surplusSeconds: D.surplusMinutes * 60,
  protectSeconds: D.protectMinutes * 60,
  drainDeadlineSeconds: 1800,
  moveAtDeadline: D.moveAtDeadline,
  moveEarlyBelow: D.moveEarlyBelow,
  staleSeconds: KEEPER_TIMES.staleSeconds,
  settleSeconds: KEEPER_TIMES.settleSeconds,
  bootSeconds: 150,
  mixedSeconds: D.mixedReleasesMinutes * 60,
  ...overrides,
});

/** What a keeper is told on a stage: all its times are so many times shorter. */
export function keeperFile(
  { jicofo, influxdb, endpoints, bridgePort }: Endpoints,
  objects: PoolObjects,
  settings: KeeperSettings,
  speed: number,
): KeeperFile {
  const scaled = Object.entries(settings).map(([name, value]) => [
    name,
    typeof value === "number" && name.endsWith("Seconds") ? value / speed : (value as number | boolean),
  ]);
  const intervalSeconds = KEEPER_TIMES.intervalSeconds / speed;
  const pool: KeeperPool = {
    pool: "acme-eu-burst",
    project: objects.project,
    region: objects.region,
    group: objects.group.name,
    mode: "act",
    store: { bucket: BUCKET, prefix: PREFIX },
    intervalSeconds,
    // On the stage a connection takes its real time.
    requestSeconds: intervalSeconds / 3,
    lookaheadSeconds: 0,
    schedules: [],
    tags: { customer: "abc", account: "acme", cloud: "gcp", region: "gcp-europe-west4" },
    settings: Object.fromEntries(scaled) as Record<string, number | boolean>,
  };
  return {
    customer: "abc",
    jicofo,
    influxdb: { url: influxdb, database: "jitsi", username: "server-writer" },
    endpoints,
    bridgePort,
    pools: [pool],
  };
}
