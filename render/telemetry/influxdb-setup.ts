import type { Customer, Pool } from "../../model/fleet";
import { type CustomerSecret, secretResource } from "../../model/names";
import {
  HOURLY_BUCKET,
  HOURLY_RETENTION_DAYS,
  RAW_BUCKET,
  RAW_RETENTION_DAYS,
  READER,
  SERVER_WRITER,
  TELEMETRY_ORGANISATION,
} from "../../model/telemetry";
import { telemetryLogins } from "../../model/turns";
import { configDirectory, envPath } from "../machine-paths";
import { comment } from "../text/comment";
import { renderEnvFile } from "../text/env-file";
import { HOURLY_TASK_PREFIX, hourlyTaskName, renderHourlyTask } from "./hourly-task";
import { INFLUXDB, INFLUXDB_SETUP } from "./influxdb-service";
import { SETUP_SCRIPT } from "./influxdb-setup-script";

/** The person whom a database is set up with; the operator token is this person's. */
const OPERATOR = "operator";

type Version = Pick<Customer, "secretsVersion">;
type PoolId = Pick<Pool, "account" | "id">;

/** A 1.x-compatible account of the database: what it may do, and the secret that is its password. */
interface Account {
  readonly user: string;
  /** In both buckets, or in the one of raw points. */
  readonly may: "read" | "write";
  readonly secret: CustomerSecret;
}

/** The accounts that there shall be, and no others: both of each pool, whoever's turn it is. */
const accountsOf = (customer: Version, pools: readonly PoolId[]): Account[] => [
  { user: READER, may: "read", secret: "telemetry-read-password" },
  { user: SERVER_WRITER, may: "write", secret: "telemetry-server-password" },
  ...pools
    .flatMap((pool) => telemetryLogins(customer, pool))
    .map(({ user, secret }) => ({ user, may: "write" as const, secret }))
    .sort((a, b) => (a.user < b.user ? -1 : 1)),
];

/** Variable that holds the password of an account. */
const variableOf = (user: string): string =>
  `PASSWORD_${user.toUpperCase().replaceAll("-", "_").replaceAll(".", "__")}`;

/** What influxdb-setup makes the database be, by path. It is all that changes when a pool comes or goes. */
export function influxdbSetupFiles(customer: Version, pools: readonly PoolId[]): Record<string, string> {
  const directory = configDirectory(INFLUXDB_SETUP);
  return {
    [envPath(INFLUXDB_SETUP)]: renderEnvFile([
      {
        variables: {
          INFLUX_HOST: `http://${INFLUXDB}:8086`,
          INFLUX_ORG: TELEMETRY_ORGANISATION,
          // It is not there: whatever the command wants to know is in these variables.
          INFLUX_CONFIGS_PATH: "/tmp/influx-configs",
          OPERATOR,
          RAW_BUCKET,
          RAW_RETENTION: hours(RAW_RETENTION_DAYS),
          HOURLY_BUCKET,
          HOURLY_RETENTION: hours(HOURLY_RETENTION_DAYS),
          HOURLY_TASK: hourlyTaskName(),
          HOURLY_TASK_PREFIX,
        },
      },
    ]),
    [`${directory}/setup.sh`]: SETUP_SCRIPT,
    [`${directory}/accounts`]:
      comment("Account, what it may do, and the variable that has its password.") +
      accountsOf(customer, pools)
        .map(({ user, may }) => `${user} ${may} ${variableOf(user)}\n`)
        .join(""),
    [`${directory}/hourly.flux`]: renderHourlyTask(),
  };
}

/** As `influx bucket list` prints it, so that the two can be compared. */
const hours = (days: number): string => `${days * 24}h0m0s`;

/**
 * The secrets of the set-up, the only service that needs any: variable -> resource.
 *
 * @param project Project whose Secret Manager has them.
 */
export function influxdbSecrets(
  project: string,
  customer: Pick<Customer, "id" | "secretsVersion">,
  pools: readonly PoolId[],
): Readonly<Record<string, Readonly<Record<string, string>>>> {
  const resource = (secret: CustomerSecret) => secretResource(project, customer, secret);
  const accounts = accountsOf(customer, pools).map(({ user, secret }) => [
    variableOf(user),
    resource(secret),
  ]);
  const passwords = Object.fromEntries(accounts) as Record<string, string>;
  if (Object.keys(passwords).length < accounts.length)
    throw new Error(
      `two pools of ${customer.id} have one variable for their passwords, because of doubled hyphens; rename one`,
    );
  return {
    [INFLUXDB_SETUP]: {
      INFLUX_TOKEN: resource("influxdb-operator-token"),
      OPERATOR_PASSWORD: resource("influxdb-operator-password"),
      ...passwords,
    },
  };
}
