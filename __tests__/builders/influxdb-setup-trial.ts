import { execFileSync, spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import type { MachineFiles } from "../../render/machine-files";
import { readEnvFile } from "../render/readers/read-env-file";
import { hasRealTool } from "./real-tool";

export const OPERATOR_TOKEN = "OperatorTokenOfTheFirstBoot00001";

/** The interpreter itself: what is on the PATH may be a wrapper that takes its time. */
const PYTHON = hasRealTool("python3", "influxdb-setup was not run")
  ? execFileSync("python3", ["-c", "import sys; print(sys.executable)"], { encoding: "utf8" }).trim()
  : undefined;

/** `describe`, or a visible skip where there is no Python for the stand-in. */
export const describeWithStandIn = PYTHON ? describe : describe.skip;

/** What the set-up made of a database. */
export interface Inventory {
  /** Bucket -> retention. The database's own are left out. */
  readonly buckets: Readonly<Record<string, string>>;
  /** Account -> rights, buckets by name. */
  readonly accounts: Readonly<Record<string, readonly string[]>>;
  readonly tasks: readonly string[];
}

/** A new database, and who asks it: the stand-in, or a real one. */
export interface SetupDatabase {
  readonly url: string;
  /** Environment of the `influx` command and of curl, PATH among it. */
  readonly environment: Readonly<Record<string, string>>;
  /** Sets it up as the image can, with this token. */
  setUpByImage(token: string): void;
  accepts(user: string, password: string): Promise<boolean>;
  stop(): Promise<void>;
}

/** The stand-in (`fake-influx.py`), with what a test may do to it. */
export class StandIn implements SetupDatabase {
  readonly url = "http://127.0.0.1:8086";
  private readonly directory = mkdtempSync(join(tmpdir(), "fake-influx-"));

  constructor() {
    mkdirSync(this.at("bin"));
    const program = readFileSync(join(__dirname, "fake-influx.py"), "utf8");
    for (const name of ["influx", "curl"]) {
      writeFileSync(this.at(`bin/${name}`), `#!${PYTHON} -IS\n${program}`);
      chmodSync(this.at(`bin/${name}`), 0o755);
    }
    this.write({ token: null, last: 4096, buckets: {}, accounts: {}, tasks: [] });
  }

  setUpByImage(token: string): void {
    const buckets = {
      _monitoring: { id: "97375fd8dda7f6ac", retention: "168h0m0s" },
      _tasks: { id: "42213c95f4a4ad24", retention: "72h0m0s" },
      jitsi: { id: "2b68e56c62f47bd3", retention: "720h0m0s" },
    };
    this.write({ token, last: 4096, buckets, accounts: {}, tasks: [] });
  }

  /** Whether nobody has set it up yet. */
  isNew(): boolean {
    return (JSON.parse(readFileSync(this.at("database.json"), "utf8")) as { token: unknown }).token === null;
  }

  get environment() {
    return { FAKE_INFLUX: this.directory, PATH: `${this.at("bin")}:${process.env["PATH"]}` };
  }

  accepts(user: string, password: string): Promise<boolean> {
    const { accounts } = JSON.parse(readFileSync(this.at("database.json"), "utf8")) as {
      accounts: Record<string, { password: string }>;
    };
    const digest = createHash("sha256").update(password).digest("hex");
    return Promise.resolve(accounts[user]?.password === digest);
  }

  /** Arguments of all calls since the last time it was asked. */
  calls(): string[] {
    const lines = existsSync(this.at("calls.log"))
      ? readFileSync(this.at("calls.log"), "utf8").split("\n")
      : [];
    rmSync(this.at("calls.log"), { force: true });
    return lines.filter(Boolean);
  }

  /** Nobody answers, or somebody does again. */
  away(away: boolean): void {
    if (away) writeFileSync(this.at("away"), "");
    else rmSync(this.at("away"), { force: true });
  }

  /** From its call number `call` on nothing works any more; `undefined`: all does. */
  cutAt(call: number | undefined): void {
    this.calls();
    if (call === undefined) rmSync(this.at("cut-at"), { force: true });
    else writeFileSync(this.at("cut-at"), String(call));
  }

  stop(): Promise<void> {
    rmSync(this.directory, { recursive: true });
    return Promise.resolve();
  }

  private write = (database: object): void =>
    writeFileSync(this.at("database.json"), JSON.stringify(database));

  private at = (name: string): string => join(this.directory, name);
}

export interface SetupEnded {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

/**
 * Runs the rendered set-up as its container does, against a database.
 *
 * @param passwords What the env file on the tmpfs has, beside the token: variable -> password.
 */
export function runSetup(
  { url, environment }: SetupDatabase,
  files: MachineFiles,
  passwords: Readonly<Record<string, string>>,
  token: string = OPERATOR_TOKEN,
): SetupEnded {
  const directory = mkdtempSync(join(tmpdir(), "influxdb-setup-"));
  try {
    for (const [path, text] of files)
      if (path.startsWith("/etc/fleet/influxdb-setup/")) writeFileSync(join(directory, basename(path)), text);
    const rendered = Object.fromEntries(readEnvFile(files.get("/etc/fleet/influxdb-setup.env")!));
    const { status, stdout, stderr } = spawnSync("sh", [join(directory, "setup.sh")], {
      encoding: "utf8",
      input: "",
      env: { ...rendered, ...environment, ...passwords, INFLUX_TOKEN: token, INFLUX_HOST: url },
    });
    return { code: status, out: stdout, err: stderr };
  } finally {
    rmSync(directory, { recursive: true });
  }
}

/** What is in the database, as the command lists it. */
export function inventory({ url, environment }: SetupDatabase): Inventory {
  const ask = (...words: readonly string[]) => {
    const { status, stdout, stderr } = spawnSync("influx", words, {
      encoding: "utf8",
      env: {
        ...environment,
        INFLUX_HOST: url,
        INFLUX_ORG: "fleet",
        INFLUX_TOKEN: OPERATOR_TOKEN,
        INFLUX_CONFIGS_PATH: join(tmpdir(), "no-influx-configs"),
      },
    });
    if (status !== 0) throw new Error(stderr);
    return stdout;
  };
  const rows = (text: string) =>
    text
      .split("\n")
      .filter(Boolean)
      .map((line) => line.split(/\t+/) as [string, string, string]);
  const buckets = rows(ask("bucket", "list", "--hide-headers"));
  const named = (right: string) =>
    right.replace(
      /orgs\/.*\/buckets\/(.*)/,
      (_, id) => buckets.find((row) => row[0] === id)?.[1] ?? "nothing",
    );
  const accounts = (JSON.parse(ask("v1", "auth", "list", "--json")) ?? []) as readonly {
    readonly token: string;
    readonly permissions: readonly string[];
  }[];
  return {
    buckets: Object.fromEntries(
      buckets.filter(([, name]) => !name.startsWith("_")).map(([, name, retention]) => [name, retention]),
    ),
    accounts: Object.fromEntries(accounts.map(({ token, permissions }) => [token, permissions.map(named)])),
    tasks: rows(ask("task", "list", "--hide-headers")).map(([, name]) => name),
  };
}
