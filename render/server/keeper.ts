import type { Customer, GcpPool } from "../../model/fleet";
import { KEEPER_TIMES } from "../../model/keeper-defaults";
import type { KeeperFile, KeeperPool } from "../../model/keeper-file";
import { keeperSettings } from "../../model/keeper-settings";
import {
  artifactsBucketName,
  bridgePoolName,
  keeperProgramObject,
  keeperStorePrefix,
  poolRegion,
} from "../../model/names";
import { INFLUXDB_PORT, poolTag, RAW_BUCKET, SERVER_WRITER } from "../../model/telemetry";
import { NODE_IMAGE } from "../../model/versions";
import type { KeeperInput, ServerInput } from "../machine-files";
import { configDirectory, KEEPER_FILE_PATH, KEEPER_STORAGE, secretsPath } from "../machine-paths";
import type { ComposeService } from "../text/compose-file";

export const KEEPER = "keeper";

const CONFIG = configDirectory(KEEPER);
const STARTER = `${CONFIG}/start.mjs`;

/** What the keeper reads, by path: its pools, and what fetches and starts its program. */
export const keeperFiles = ({
  customer,
  keeper,
  secretsProject,
}: Pick<ServerInput, "customer" | "keeper" | "secretsProject">): Record<string, string> =>
  keeper === undefined
    ? {}
    : {
        [KEEPER_FILE_PATH]: renderKeeperFile(customer, keeper.pools, secretsProject),
        [STARTER]: keeper.starter,
      };

/** @param project Google project of the customer's account: its Google pools are in the same. */
export const renderKeeperFile = (
  customer: Pick<Customer, "id">,
  pools: readonly GcpPool[],
  project: string,
): string =>
  `${JSON.stringify(
    {
      customer: customer.id,
      jicofo: "http://127.0.0.1:8888",
      influxdb: {
        url: `http://127.0.0.1:${INFLUXDB_PORT}`,
        database: RAW_BUCKET,
        username: SERVER_WRITER,
      },
      pools: pools.map((pool) => keeperPool(customer, pool, project)),
    } satisfies KeeperFile,
    null,
    2,
  )}\n`;

const keeperPool = (customer: Pick<Customer, "id">, pool: GcpPool, project: string): KeeperPool => ({
  pool: poolTag(pool),
  project,
  region: pool.region,
  group: bridgePoolName(pool),
  mode: pool.keeper.mode === "observe" ? "observe" : "act",
  store: { bucket: artifactsBucketName(project), prefix: keeperStorePrefix(pool) },
  intervalSeconds: KEEPER_TIMES.intervalSeconds,
  lookaheadSeconds: pool.keeper.lookaheadMinutes * 60,
  schedules: Object.entries(pool.scaling.schedules)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([, { start, durationMinutes, minBridges, timeZone }]) => ({
      start,
      durationSeconds: durationMinutes * 60,
      minBridges,
      timeZone,
    })),
  // Those of the points that the pool's bridges write, but for `instance`.
  tags: { customer: customer.id, account: pool.account, cloud: pool.cloud, region: poolRegion(pool) },
  settings: keeperSettings(pool),
});

/** @param project Google project of the customer's account. */
export const keeperService = ({ sha256 }: KeeperInput, project: string): ComposeService => ({
  name: KEEPER,
  why:
    "Drains, removes and renews the bridges of Google pools. Its program is fetched by its SHA-256, and a copy stays on " +
    "the data disk. The machine's own network, for Jicofo and InfluxDB on loopback and for the machine's account. It has " +
    "no capabilities, less processor time than calls get, and goes early when memory is short: bridges then stay as they are.",
  definition: {
    image: NODE_IMAGE,
    entrypoint: [
      "node",
      STARTER,
      `--bucket=${artifactsBucketName(project)}`,
      `--object=${keeperProgramObject(sha256)}`,
      `--sha256=${sha256}`,
      `--copies=${KEEPER_STORAGE}`,
    ],
    // The image's own user, and the one that directories of the data disk are made for.
    user: "1000:1000",
    read_only: true,
    tmpfs: ["/tmp:size=16M,mode=1777,noexec"],
    cap_drop: ["ALL"],
    security_opt: ["no-new-privileges:true"],
    network_mode: "host",
    restart: "unless-stopped",
    mem_limit: "192m",
    oom_score_adj: 500,
    cpu_shares: 128,
    env_file: [secretsPath(KEEPER)],
    volumes: [
      `${KEEPER_FILE_PATH}:${KEEPER_FILE_PATH}:ro`,
      `${CONFIG}:${CONFIG}:ro`,
      `${KEEPER_STORAGE}:${KEEPER_STORAGE}`,
    ],
  },
});
