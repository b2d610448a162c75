import { spawn } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { bundleKeeper } from "../../stacks/bundle-keeper";
import type { ChildProcess } from "node:child_process";
import type { KeeperFile } from "../../model/keeper-file";

/** One line of a keeper's log. */
export type LogLine = Readonly<Record<string, unknown>> & { readonly event: string };

/** The real keeper, as servers start it: one file, a process of its own. */
export class KeeperProcess {
  /** What it has logged, over all starts. */
  readonly log: LogLine[] = [];
  private readonly directory = mkdtempSync(join(tmpdir(), "keeper-"));
  private readonly program = join(this.directory, "keeper.mjs");
  private child: ChildProcess | undefined;
  private ended: Promise<void> = Promise.resolve();

  /** @param environment added to its own */
  constructor(
    file: KeeperFile,
    private readonly environment: Readonly<Record<string, string>> = {},
  ) {
    writeFileSync(this.program, bundleKeeper().text);
    writeFileSync(join(this.directory, "keeper.json"), JSON.stringify(file));
  }

  start(): this {
    const child = spawn(process.execPath, [this.program], {
      env: {
        ...process.env,
        FLEET_KEEPER_FILE: join(this.directory, "keeper.json"),
        TELEMETRY_PASSWORD: "of-the-stage",
        ...this.environment,
      },
      stdio: ["ignore", "pipe", "inherit"],
    });
    this.child = child;
    let rest = "";
    child.stdout.setEncoding("utf8").on("data", (text: string) => {
      const lines = (rest + text).split("\n");
      rest = lines.pop()!;
      this.log.push(...lines.map((line) => JSON.parse(line) as LogLine));
    });
    this.ended = new Promise((resolve) => child.once("close", () => resolve()));
    return this;
  }

  /** SIGSTOP holds it, SIGCONT lets it go on, SIGKILL ends it at once. */
  signal(signal: NodeJS.Signals): void {
    this.child!.kill(signal);
  }

  /** Ends it, and waits for that. */
  async end(signal: NodeJS.Signals = "SIGKILL"): Promise<void> {
    this.child?.kill(signal);
    await this.ended;
  }

  events = (event: string): LogLine[] => this.log.filter((line) => line.event === event);

  async close(): Promise<void> {
    await this.end();
    rmSync(this.directory, { recursive: true, force: true });
  }
}
