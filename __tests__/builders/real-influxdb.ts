import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { HOURLY_BUCKET, RAW_BUCKET } from "../../model/telemetry";
import { freePort } from "./free-port";
import { hasRealTool } from "./real-tool";

/** `describe`, or a visible skip where there is no InfluxDB; undefined outside of tests, where scripts use the class. */
export const describeWithInfluxDb = hasRealTool("influxd", "no query was run", ["influxd", "version"])
  ? globalThis.describe
  : globalThis.describe?.skip;

/** One series of an answer to an InfluxQL query. */
export interface Series {
  readonly name: string;
  readonly tags?: Readonly<Record<string, string>>;
  readonly columns: readonly string[];
  readonly values: readonly (readonly (string | number | boolean | null)[])[];
}

/** Points in line protocol, or one of them. */
export type Lines = string | readonly string[];

/** An account of the database and what it may do there. */
export interface InfluxAccount {
  readonly name: string;
  readonly password: string;
  readonly may: "READ" | "WRITE";
}

/**
 * A real InfluxDB 1.x with both buckets of a customer: `/write` and `/query` are as in InfluxDB 2.7's compatible
 * interface, where a bucket is a database of the same name.
 */
export class RealInfluxDb {
  private constructor(
    private readonly directory: string,
    private readonly process: ChildProcess,
    readonly url: string,
    private readonly administrator: string | undefined,
  ) {}

  /** @param accounts With them the database asks everybody who he is; without, nobody. */
  static async start(accounts: readonly InfluxAccount[] = []): Promise<RealInfluxDb> {
    const directory = mkdtempSync(join(tmpdir(), "real-influxdb-"));
    const [port, backups] = [await freePort(), await freePort()];
    writeFileSync(join(directory, "influxdb.conf"), settings(directory, port, backups, accounts.length > 0));
    const child = spawn("influxd", ["-config", join(directory, "influxdb.conf")], {
      stdio: ["ignore", "ignore", "pipe"],
    });
    let complaints = "";
    child.stderr.on("data", (data) => (complaints += String(data)));
    const administrator = accounts.length > 0 ? "administrator" : undefined;
    const database = new RealInfluxDb(directory, child, `http://127.0.0.1:${port}`, administrator);
    for (let attempt = 0; ; attempt++) {
      if (await fetch(`${database.url}/ping`).catch(() => undefined)) break;
      if (attempt === 200 || child.exitCode !== null) {
        await database.stop();
        throw new Error(`influxd does not start: ${complaints}`);
      }
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    if (administrator)
      await database.query(
        `CREATE USER ${administrator} WITH PASSWORD '${administrator}' WITH ALL PRIVILEGES`,
      );
    for (const name of [RAW_BUCKET, HOURLY_BUCKET]) await database.query(`CREATE DATABASE ${name}`);
    for (const { name, password, may } of accounts) {
      await database.query(`CREATE USER "${name}" WITH PASSWORD '${password}'`);
      await database.query(`GRANT ${may} ON ${RAW_BUCKET} TO "${name}"`);
      await database.query(`GRANT ${may} ON ${HOURLY_BUCKET} TO "${name}"`);
    }
    return database;
  }

  /** Writes points whose times are in seconds since 1970. */
  async write(lines: Lines, bucket: string = RAW_BUCKET): Promise<void> {
    const answer = await fetch(`${this.url}/write?${this.asking({ db: bucket, precision: "s" })}`, {
      method: "POST",
      body: [lines].flat().join("\n"),
    });
    if (!answer.ok) throw new Error(`write: ${answer.status} ${await answer.text()}`);
  }

  /** All series of all statements of a query; times are seconds since 1970. */
  async query(influxQl: string, bucket: string = RAW_BUCKET): Promise<readonly Series[]> {
    const answer = await fetch(`${this.url}/query?${this.asking({ db: bucket, epoch: "s" })}`, {
      method: "POST",
      body: new URLSearchParams({ q: influxQl }),
    });
    const { error, results } = (await answer.json()) as {
      readonly error?: string;
      readonly results?: readonly { readonly error?: string; readonly series?: readonly Series[] }[];
    };
    const problem = error ?? results?.find((result) => result.error !== undefined)?.error;
    if (problem !== undefined) throw new Error(`${problem}: ${influxQl}`);
    return (results ?? []).flatMap(({ series = [] }) => series);
  }

  async stop(): Promise<void> {
    const ended = new Promise((resolve) => this.process.on("exit", resolve));
    if (this.process.exitCode === null && this.process.kill("SIGKILL")) await ended;
    rmSync(this.directory, { recursive: true });
  }

  private asking(words: Readonly<Record<string, string>>): URLSearchParams {
    const { administrator: u } = this;
    return new URLSearchParams({ ...words, ...(u === undefined ? {} : { u, p: u }) });
  }
}

const settings = (directory: string, port: number, backups: number, asks: boolean): string => `
reporting-disabled = true
bind-address = "127.0.0.1:${backups}"
[meta]
  dir = "${directory}/meta"
[data]
  dir = "${directory}/data"
  wal-dir = "${directory}/wal"
  query-log-enabled = false
[monitor]
  store-enabled = false
[http]
  bind-address = "127.0.0.1:${port}"
  auth-enabled = ${asks}
  log-enabled = false
`;
