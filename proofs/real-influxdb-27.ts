import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { freePort } from "../__tests__/builders/free-port";
import { OPERATOR_TOKEN, type SetupDatabase } from "../__tests__/builders/influxdb-setup-trial";
import { INFLUXDB_DIRECTORY } from "../scripts/influxdb-directory";

const PROGRAMS = resolve(__dirname, "..", INFLUXDB_DIRECTORY);

/** `describe`, or a visible skip where it was not built: that takes minutes. */
export const describeWithInfluxDb27 = ["influxd", "influx"].every((name) => existsSync(join(PROGRAMS, name)))
  ? describe
  : describe.skip;
if (describeWithInfluxDb27 === describe.skip)
  // eslint-disable-next-line no-console -- a visible line for whoever runs it
  console.warn("InfluxDB 2.7 is not built (npm run proof:influxdb does): the stand-in alone was asked");

/** A real InfluxDB 2.7 that nobody has set up yet. */
export class RealInfluxDb27 implements SetupDatabase {
  private constructor(
    private readonly directory: string,
    private readonly process: ChildProcess,
    readonly url: string,
  ) {}

  static async start(): Promise<RealInfluxDb27> {
    const directory = mkdtempSync(join(tmpdir(), "influxdb-27-"));
    const port = await freePort();
    const words = ["--bolt-path", "i.bolt", "--sqlite-path", "i.sqlite", "--engine-path", "engine"];
    const child = spawn(
      join(PROGRAMS, "influxd"),
      [...words, "--http-bind-address", `127.0.0.1:${port}`, "--reporting-disabled", "--log-level", "error"],
      { cwd: directory, stdio: "ignore" },
    );
    const database = new RealInfluxDb27(directory, child, `http://127.0.0.1:${port}`);
    for (let attempt = 0; !(await fetch(`${database.url}/health`).catch(() => undefined))?.ok; attempt++) {
      if (attempt === 600 || child.exitCode !== null) {
        await database.stop();
        throw new Error("influxd does not start");
      }
      await new Promise((done) => setTimeout(done, 100));
    }
    return database;
  }

  setUpByImage(token: string): void {
    const person = ["--username", "operator", "--password", "PasswordOfTheOperator", "--org", "fleet"];
    const bucket = ["--bucket", "jitsi", "--retention", "30d"];
    this.influx("setup", "--force", ...person, ...bucket, "--token", token);
  }

  get environment() {
    return { PATH: `${PROGRAMS}:${process.env["PATH"]}` };
  }

  influx(...words: readonly string[]): string {
    return execFileSync("influx", words, {
      encoding: "utf8",
      env: {
        ...this.environment,
        INFLUX_HOST: this.url,
        INFLUX_ORG: "fleet",
        INFLUX_CONFIGS_PATH: join(this.directory, "configs"),
        ...(words[0] === "setup" ? {} : { INFLUX_TOKEN: OPERATOR_TOKEN }),
      },
    });
  }

  /** The 1.x-compatible interface, as Telegraf and Grafana ask it. */
  ask(path: "/write" | "/query", database: string, login: string, body: string): Promise<Response> {
    const words = new URLSearchParams({ db: database, precision: "s", epoch: "s" });
    return fetch(`${this.url}${path}?${words}`, {
      method: "POST",
      body: path === "/query" ? new URLSearchParams({ q: body }) : body,
      headers: { Authorization: `Basic ${Buffer.from(login).toString("base64")}` },
    });
  }

  async accepts(user: string, password: string): Promise<boolean> {
    return (await this.ask("/query", "jitsi", `${user}:${password}`, "SHOW MEASUREMENTS")).status === 200;
  }

  /** Runs the one task as if it were that time, in seconds since 1970. */
  async runTask(time: number): Promise<void> {
    const [id] = this.influx("task", "list", "--hide-headers").split("\t");
    const headers = { Authorization: `Token ${OPERATOR_TOKEN}`, "Content-Type": "application/json" };
    const runs = `${this.url}/api/v2/tasks/${id}/runs`;
    const started = await fetch(runs, {
      method: "POST",
      headers,
      body: JSON.stringify({ scheduledFor: new Date(time * 1000).toISOString() }),
    });
    const run = (await started.json()) as { readonly id: string };
    for (;;) {
      const answer = await fetch(`${runs}/${run.id}`, { headers });
      const { status, log } = (await answer.json()) as { readonly status: string; readonly log?: unknown };
      if (status === "success") return;
      if (status === "failed" || status === "canceled") throw new Error(JSON.stringify(log));
      await new Promise((done) => setTimeout(done, 200));
    }
  }

  async stop(): Promise<void> {
    const ended = new Promise((done) => this.process.on("exit", done));
    if (this.process.exitCode === null && this.process.kill("SIGKILL")) await ended;
    rmSync(this.directory, { recursive: true });
  }
}
