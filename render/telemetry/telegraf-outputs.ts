import { telemetryVariable } from "../../model/bridge-secrets";
import type { Account, Customer, Pool } from "../../model/fleet";
import { INFLUXDB_PORT, RAW_BUCKET, SERVER_WRITER, telemetryUrl } from "../../model/telemetry";
import { telemetryLogins } from "../../model/turns";
import type { TomlSection, TomlValue } from "../text/toml";

/** Variable with the password of SERVER_WRITER, in the environment of a server's Telegraf. */
export const SERVER_PASSWORD_VARIABLE = "TELEMETRY_PASSWORD";

interface Database {
  readonly customer: string;
  readonly url: string;
  readonly username: string;
  /** Variable that holds it. */
  readonly password: string;
  /** False only in a rehearsal. */
  readonly verified: boolean;
}

/** What Telegraf writes to an InfluxDB: the points with the tag of its customer. */
const influxDb = ({ customer, url, username, password, verified }: Database): TomlSection => ({
  header: "[[outputs.influxdb]]",
  settings: {
    alias: customer,
    urls: [url],
    database: RAW_BUCKET,
    skip_database_creation: true,
    username,
    password: `\${${password}}`,
    ...(verified ? {} : { insecure_skip_verify: true }),
  } satisfies Record<string, TomlValue>,
  tables: { tagpass: { customer: [customer] } },
});

/** A bridge writes to every customer that it serves, and to each with his own tag. The home's is on every point. */
export const bridgeOutputs = (
  { rehearsal }: Pick<Account, "rehearsal">,
  pool: Pick<Pool, "account" | "id">,
  served: readonly Pick<Customer, "id" | "hostname" | "secretsVersion">[],
): TomlSection[] => [
  ...served.slice(1).map(({ id }, number) => ({
    ...(number === 0 ? { why: "One copy of each point for every further customer of the pool." } : {}),
    header: "[[processors.clone]]",
    settings: { order: 3 + number },
    tables: { tagpass: { customer: [served[0]!.id] }, tags: { customer: id } },
  })),
  ...served.map((customer) =>
    influxDb({
      customer: customer.id,
      url: telemetryUrl(customer),
      username: telemetryLogins(customer, pool)[0].user,
      password: telemetryVariable(customer.id),
      verified: !rehearsal,
    }),
  ),
];

export const serverOutput = ({ id }: Pick<Customer, "id">): TomlSection =>
  influxDb({
    customer: id,
    url: `http://127.0.0.1:${INFLUXDB_PORT}`,
    username: SERVER_WRITER,
    password: SERVER_PASSWORD_VARIABLE,
    verified: true,
  });

/**
 * What the autoscaler of a Google pool reads: one series per machine, without labels, one point a minute. The path is
 * that of STRESS_METRIC in `modules/gcp/stress-metric.ts`.
 */
export const stressMetric = (project: string): TomlSection[] => [
  {
    why:
      "For the autoscaler: one number a minute, without tags, so that it is one series also when the bridge starts " +
      "anew. No customer's database takes it, because it has no customer.",
    header: "[[aggregators.basicstats]]",
    settings: {
      period: "60s",
      namepass: ["jvb"],
      fieldinclude: ["stress_level"],
      tagexclude: ["*"],
      stats: ["mean"],
    },
  },
  {
    header: "[[outputs.stackdriver]]",
    settings: {
      project,
      namespace: "jitsi",
      resource_type: "gce_instance",
      metric_data_type: "double",
      namepass: ["jvb"],
      fieldinclude: ["stress_level_mean"],
    },
    tables: { resource_labels: { instance_id: "${FLEET_INSTANCE_ID}", zone: "${FLEET_ZONE}" } },
  },
];
