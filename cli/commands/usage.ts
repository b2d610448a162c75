import type { Command } from "commander";
import type { Customer, Fleet } from "../../model/fleet";
import { customerStackId, secretResource } from "../../model/names";
import { indexFleet } from "../../model/rules/fleet-index";
import { GRAFANA_PATH, poolTag, RAW_RETENTION_DAYS, SERVER_POOL } from "../../model/telemetry";
import { findAccessToken } from "../google/access-token";
import { CredentialsProblem } from "../google/credentials-problem";
import { SecretManager } from "../google/secret-manager";
import { loadAccounts } from "../load-accounts";
import { printProblems } from "../print-problems";
import { EXIT, type ExitCode, type Terminal } from "../terminal";
import { unknownName } from "../unknown-name";
import { whileWaiting } from "../while-waiting";
import { Grafana, UsageProblem } from "../usage/grafana";
import type { Row } from "../usage/influx-answer";
import { type Month, parseMonth } from "../usage/month";
import { monthTrace, traceQueries } from "../usage/trace";
import { isEmpty, usageOf, type UsagePool, type UsageRows } from "../usage/usage";
import { usageQueries } from "../usage/usage-queries";
import { usageCsv, usageJson, usageTable } from "../usage/usage-text";

interface UsageOptions {
  readonly accounts: string;
  readonly month: string;
  readonly csv?: true;
  readonly json?: true;
  readonly trace?: true;
  readonly grafana?: string;
}

const EXAMPLES = `
Examples:
  npx fleet usage abc --month 2026-10
  npx fleet usage abc --month 2026-10 --csv > abc-2026-10.csv
  npx fleet usage abc --month 2026-10 --json | jq .participantMinutes
  npx fleet usage abc --month 2026-10 --trace > abc-2026-10.csv       # then: npx fleet simulate … --trace abc-2026-10.csv

Months are in UTC; the running one is counted up to its last full hour. Asks the customer's Grafana as its
administrator, with the password in Secret Manager: you need to be logged in at Google and may read that secret.

Ends with 0, with 1 when there is no report, with 2 when it was called wrongly.
`;

/** `fleet usage`: what a customer used in a month, or when its people were there. */
export function addUsageCommand(
  program: Command,
  terminal: Terminal,
  finish: (code: ExitCode) => void,
): void {
  program
    .command("usage <customer>")
    .description(
      "Print what a customer used in a month: participant-minutes, conferences, bridge-hours, egress.",
    )
    .requiredOption("--month <year-month>", "the month, such as 2026-10")
    .option("--csv", "print rows for a spreadsheet")
    .option("--json", "print one JSON object for machines")
    .option("--trace", "print the participants over time, for fleet simulate --trace")
    .option("--grafana <address>", "where Grafana is, for a tunnel (default: https://<host name>/grafana)")
    .option("--accounts <directory>", "directory of the accounts", "accounts")
    .addHelpText("after", EXAMPLES)
    .action(async (id: string, options: UsageOptions) => finish(await report(id, options, terminal)));
}

async function report(id: string, options: UsageOptions, terminal: Terminal): Promise<ExitCode> {
  const month = parseMonth(options.month, Date.now());
  if (typeof month === "string") return wrongly(terminal, month);
  const forms = (["csv", "json", "trace"] as const)
    .filter((form) => options[form])
    .map((form) => `--${form}`);
  if (forms.length > 1) return wrongly(terminal, `${forms.join(" and ")}: choose one`);
  if (options.grafana !== undefined && !isSafe(options.grafana))
    return wrongly(
      terminal,
      `--grafana ${options.grafana}: the password would travel unencrypted; allowed are https://… and, for a tunnel, ` +
        `http://127.0.0.1:<port>${GRAFANA_PATH}`,
    );
  const loaded = loadAccounts(terminal, options.accounts);
  if (!loaded.ok) {
    printProblems(terminal, loaded.problems);
    return EXIT.problems;
  }
  const { fleet } = loaded;
  const customer = fleet.customers.find((each) => each.id === id);
  if (!customer) {
    terminal.err(
      unknownName(
        "customer",
        id,
        fleet.customers.map((each) => each.id),
      ),
    );
    return EXIT.usage;
  }

  try {
    const url = (options.grafana ?? `https://${customer.hostname}${GRAFANA_PATH}`).replace(/\/+$/, "");
    const { out, err } = await whileWaiting(terminal, `Asking ${url} …`, async () => {
      const password = await passwordOf(fleet, customer);
      const grafana = new Grafana({
        ...{ url, password, stack: customerStackId(customer) },
        environment: process.env,
      });
      if (options.trace) return traceOf(grafana, id, month);
      const usage = usageOf(id, month, poolsOf(fleet, customer), await rowsOf(grafana, id, month));
      return { out: (options.csv ? usageCsv : options.json ? usageJson : usageTable)(usage), err: "" };
    });
    terminal.out(out);
    if (err !== "") terminal.err(err);
    return EXIT.success;
  } catch (error) {
    if (!(error instanceof UsageProblem || error instanceof CredentialsProblem)) throw error;
    terminal.err(`${error.message}.\n`);
    return EXIT.problems;
  }
}

async function rowsOf(grafana: Grafana, id: string, month: Month): Promise<UsageRows> {
  const queries = usageQueries(month);
  const [bridges, peak, jicofo] = await Promise.all(
    [queries.bridges, queries.peak, queries.jicofo].map((query) => grafana.query(query, "influx-hourly")),
  );
  const rows: UsageRows = { bridges: bridges!, peak: peak!, jicofo: jicofo! };
  if (isEmpty(rows)) throw nothingOf(id, month);
  return rows;
}

/** What goes to which output. */
interface Printed {
  readonly out: string;
  readonly err: string;
}

async function traceOf(grafana: Grafana, id: string, month: Month): Promise<Printed> {
  const queries = traceQueries(month, Date.now());
  const hourly = await grafana.query(queries.hourly, "influx-hourly");
  const raw: Row[] = [];
  for (const query of queries.raw) raw.push(...(await grafana.query(query, "influx")));
  const { csv, minutes, hours } = monthTrace(hourly, raw);
  if (minutes + hours < 2) throw nothingOf(id, month);
  const note =
    `${hours} rows are means of an hour, because single points are kept for ${RAW_RETENTION_DAYS} days: how steeply ` +
    "people joined within such an hour is not in them.\n";
  return { out: csv, err: hours > 0 ? note : "" };
}

const nothingOf = (id: string, { name }: Month): UsageProblem =>
  new UsageProblem(
    `InfluxDB of ${id} has no hour of ${name}. If the customer was there in that month, its hourly task ` +
      "may have failed: look at docker logs fleet-influxdb-setup-1 and docker logs fleet-influxdb-1 on the server",
  );

function wrongly(terminal: Terminal, message: string): ExitCode {
  terminal.err(`${message}.\n`);
  return EXIT.usage;
}

/** An address that a password may go to. */
function isSafe(address: string): boolean {
  if (!URL.canParse(address)) return false;
  const { protocol, hostname } = new URL(address);
  return (
    protocol === "https:" || (protocol === "http:" && ["127.0.0.1", "[::1]", "localhost"].includes(hostname))
  );
}

async function passwordOf(fleet: Fleet, customer: Customer): Promise<string> {
  const project = indexFleet(fleet).accounts.get(customer.account)?.gcp?.project;
  if (project === undefined)
    throw new UsageProblem(
      `account ${customer.account} has no Google Cloud project to read the password from`,
    );
  const resource = secretResource(project, customer, "grafana-admin-password");
  const manager = new SecretManager(await findAccessToken(process.env), process.env);
  const answer = await manager.newest(resource, customerStackId(customer));
  if ("problem" in answer) throw new UsageProblem(`${resource}: ${answer.problem}`);
  return answer.value;
}

/** The pools that serve a customer; its server, where a bridge runs on it. */
function poolsOf(fleet: Fleet, { id, bridgeOnServer }: Customer): readonly UsagePool[] {
  const pools = indexFleet(fleet).poolsServing.get(id) ?? [];
  return [
    ...pools.map((pool) => ({
      pool: poolTag(pool),
      sharedWith: pool.serves.filter((other) => other !== id),
    })),
    ...(bridgeOnServer ? [{ pool: SERVER_POOL, sharedWith: [] }] : []),
  ];
}
