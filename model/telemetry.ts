import type { Customer, Pool } from "./fleet";

/**
 * What those who write measurements and those who read them agree on: names in the InfluxDB of each customer.
 *
 *   Telegraf of bridges --TLS--> /telemetry/write --.
 *                                                   +--> bucket jitsi --hourly task--> bucket jitsi_hourly
 *   Telegraf of the server -------------------------'         ^                              ^
 *                                                          Grafana                      fleet usage
 */

/** Organisation of each customer's InfluxDB. */
export const TELEMETRY_ORGANISATION = "fleet";

/** Bucket of points as they come; InfluxQL calls it a database of the same name. */
export const RAW_BUCKET = "jitsi";
export const RAW_RETENTION_DAYS = 30;

/** Bucket of the hourly roll-up. */
export const HOURLY_BUCKET = "jitsi_hourly";
/** Thirteen months: a month can be compared with the same one of the year before. */
export const HOURLY_RETENTION_DAYS = 397;

/** Seconds between two points of a series; roll-up and usage count with it. */
export const TELEMETRY_INTERVAL_SECONDS = 10;

/** Below `https://<host name>`: Telegraf adds `/write`, and nothing else is behind it. */
export const TELEMETRY_PATH = "/telemetry";
/** Where Grafana is, below `https://<host name>`. */
export const GRAFANA_PATH = "/grafana";

/** Where InfluxDB and Grafana listen on the server's loopback. */
export const INFLUXDB_PORT = 8086;
export const GRAFANA_PORT = 3000;

/** The account that Grafana and reports read with. */
export const READER = "grafana";
/** The account that the server's own Telegraf writes with. */
export const SERVER_WRITER = "server";

/** `pool` tag of a bridge that runs on the customer's server (`bridgeOnServer`). */
export const SERVER_POOL = "server";

/** `pool` tag of a pool's points. */
export const poolTag = (pool: Pick<Pool, "id" | "account">): string => `${pool.account}-${pool.id}`;

/** Tags of every point. `customer` and `account` are those of the InfluxDB that it is in, but `account` of a bridge is its pool's. */
export const COMMON_TAGS = ["customer", "account", "pool", "cloud", "region", "instance"] as const;

/** Where a customer's Telegraf outputs write. */
export const telemetryUrl = ({ hostname }: Pick<Customer, "hostname">): string =>
  `https://${hostname}${TELEMETRY_PATH}`;
