import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { TELEGRAF_DIRECTORY } from "../../scripts/telegraf-plugins";
import { hasRealTool } from "./real-tool";

const PROGRAM = join(__dirname, "../..", TELEGRAF_DIRECTORY, "telegraf");

/** False, visibly, where nobody has run `npm run telegraf`. */
export const hasTelegraf = hasRealTool(
  "telegraf (npm run telegraf)",
  "its settings were read by no program",
  [PROGRAM, "--version"],
);

/**
 * Settings of a machine for a trial: each text becomes the other.
 *
 * @throws Error for a text that is not there, because the trial would be another one than meant
 */
export function rewired(settings: string, changes: Readonly<Record<string, string>>): string {
  return Object.entries(changes).reduce((text, [from, to]) => {
    if (!text.includes(from)) throw new Error(`the settings of Telegraf do not have: ${from}`);
    return text.replaceAll(from, to);
  }, settings);
}

/** The same with a second for each interval, so that a trial is over in seconds. */
export const hastened = (settings: string, changes: Readonly<Record<string, string>>): string =>
  rewired(settings, {
    'interval = "10s"': 'interval = "1s"',
    'interval = "60s"': 'interval = "1s"',
    'flush_jitter = "5s"': 'flush_jitter = "0s"',
    ...changes,
  });

/** Asks until the answer is as it has to be, or half a minute has gone; the last answer counts. */
export async function until<T>(ask: () => Promise<T>, good: (answer: T) => boolean): Promise<T> {
  for (let attempt = 0; ; attempt++) {
    const answer = await ask();
    if (good(answer) || attempt === 120) return answer;
    await new Promise((resolve) => setTimeout(resolve, 250));
  }
}

/** Every variable that settings may use; no proxy of the machine that tests run on. */
const ENVIRONMENT = {
  FLEET_INSTANCE: "acme-eu-burst-x7k2",
  FLEET_INSTANCE_ID: "4711",
  FLEET_ZONE: "europe-west4-a",
  PATH: process.env["PATH"],
};

/** The real program with rendered settings. */
export class RealTelegraf {
  private constructor(
    private readonly directory: string,
    private readonly process: ChildProcess,
    private readonly lines: string[],
  ) {}

  /** @param variables Passwords, and what else of the environment is another one. */
  static start(settings: string, variables: Readonly<Record<string, string>>): RealTelegraf {
    const directory = mkdtempSync(join(tmpdir(), "real-telegraf-"));
    const path = join(directory, "telegraf.conf");
    writeFileSync(path, settings);
    const child = spawn(PROGRAM, ["--config", path], {
      stdio: ["ignore", "ignore", "pipe"],
      env: { ...ENVIRONMENT, ...variables },
    });
    const lines: string[] = [];
    child.stderr.on("data", (data) => lines.push(String(data)));
    return new RealTelegraf(directory, child, lines);
  }

  /** What it has complained about so far. */
  get log(): string {
    return this.lines.join("");
  }

  /** Ends it as `docker stop` does, which lets it write what it has. */
  async stop(): Promise<void> {
    const ended = new Promise((resolve) => this.process.on("exit", resolve));
    if (this.process.exitCode === null && this.process.kill("SIGTERM")) await ended;
    rmSync(this.directory, { recursive: true, force: true });
  }
}
