import { COMPOSE_ADDRESSES } from "../../model/compose-network";
import { INFLUXDB_PORT } from "../../model/telemetry";
import { INFLUXDB_IMAGE } from "../../model/versions";
import { configDirectory, envPath, INFLUXDB_STORAGE, secretsPath } from "../machine-paths";
import type { ComposeService } from "../text/compose-file";
import { renderEnvFile } from "../text/env-file";

export const INFLUXDB = "influxdb";
export const INFLUXDB_SETUP = "influxdb-setup";

const MEBIBYTE = 1_048_576;

/** Memory of InfluxDB in MiB: an eighth of the machine's. Jicofo, Prosody and a bridge on the server come first. */
export const influxdbMemoryMb = (memoryGb: number): number => Math.floor((memoryGb * 1024) / 8);

/** @param memoryGb Memory of the server in GB. */
export const influxdb = (memoryGb: number): ComposeService => ({
  name: INFLUXDB,
  why:
    "Measurements. It may hold up nobody: beyond its memory it alone is killed and starts anew, senders keep their " +
    "points meanwhile; calls have the processors first. nginx knows it by its address. It has no secrets and does not " +
    "set itself up: influxdb-setup does. Settings of its command line are nobody's need and go with the container.",
  definition: {
    image: INFLUXDB_IMAGE,
    read_only: true,
    tmpfs: ["/tmp:size=16M,mode=1777,noexec", "/etc/influxdb2:size=1M,mode=0700"],
    restart: "unless-stopped",
    env_file: [envPath(INFLUXDB)],
    ports: [`127.0.0.1:${INFLUXDB_PORT}:8086`],
    // The image starts as root, gives the directory to uid 1000, and goes on as that.
    volumes: [`${INFLUXDB_STORAGE}:/var/lib/influxdb2`],
    networks: { default: { ipv4_address: COMPOSE_ADDRESSES.influxdb } },
    mem_limit: `${influxdbMemoryMb(memoryGb)}m`,
    memswap_limit: `${influxdbMemoryMb(memoryGb)}m`,
    cpus: 1,
    cpu_shares: 256,
    healthcheck: {
      test: "curl --fail --silent --output /dev/null http://127.0.0.1:8086/health",
      interval: "30s",
      timeout: "10s",
      start_period: "2m",
    },
  },
});

/** @param memoryGb Memory of the server in GB. */
export const renderInfluxdbEnv = (memoryGb: number): string => {
  const memory = influxdbMemoryMb(memoryGb);
  const bytes = (share: number) => Math.floor((memory * MEBIBYTE) / share);
  return renderEnvFile([
    {
      why: "It calls nobody, and has no page: Grafana is that.",
      variables: {
        INFLUXD_REPORTING_DISABLED: "true",
        INFLUXD_UI_DISABLED: "true",
        INFLUXD_LOG_LEVEL: "warn",
      },
    },
    {
      why:
        `Shares of ${memory} MiB, all that the container may have. What was written lately: a quarter (default: 1 GiB). ` +
        "Flux, which is the hourly task: a half. Go's collector works harder from four fifths on.",
      variables: {
        INFLUXD_STORAGE_CACHE_MAX_MEMORY_SIZE: bytes(4),
        INFLUXD_QUERY_CONCURRENCY: 4,
        INFLUXD_QUERY_QUEUE_SIZE: 64,
        INFLUXD_QUERY_INITIAL_MEMORY_BYTES: 10 * MEBIBYTE,
        INFLUXD_QUERY_MEMORY_BYTES: bytes(2),
        INFLUXD_QUERY_MAX_MEMORY_BYTES: bytes(2),
        GOMEMLIMIT: bytes(1.25),
      },
    },
  ]);
};

/** Makes the database what the files say, at every start, and ends (`influxdb-setup.ts`). */
export const influxdbSetup = (): ComposeService => ({
  name: INFLUXDB_SETUP,
  why: "Sets a new database up. Ends with 0 when buckets, accounts and the hourly task are as its files say.",
  definition: {
    image: INFLUXDB_IMAGE,
    read_only: true,
    user: "1000:1000",
    entrypoint: ["/bin/sh", "/setup/setup.sh"],
    // The image's volumes, else Docker would make some on the disk each time.
    tmpfs: ["/tmp:size=1M,mode=1777,noexec", "/etc/influxdb2:size=1M", "/var/lib/influxdb2:size=1M"],
    restart: "on-failure",
    env_file: [envPath(INFLUXDB_SETUP), secretsPath(INFLUXDB_SETUP)],
    volumes: [`${configDirectory(INFLUXDB_SETUP)}:/setup:ro`],
    mem_limit: "128m",
    labels: { "fleet.ends": "true" },
    depends_on: [INFLUXDB],
  },
});
