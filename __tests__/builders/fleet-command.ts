import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { main } from "../../cli/main";
import type { Terminal } from "../../cli/terminal";
import { accountFiles } from "./account-files";

export interface CommandRun {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/** `fleet` in this process, on an accounts directory of its own and in a chosen environment. */
export class FleetCommand {
  readonly folder = mkdtempSync(join(tmpdir(), "fleet-command-"));
  /** The whole environment of the next runs; PATH leads nowhere unless a test says so. */
  environment: Readonly<Record<string, string>> = {};

  get accounts(): string {
    return join(this.folder, "accounts");
  }

  /** The files of `accountFiles`, on disk. */
  write(changes: Parameters<typeof accountFiles>[0] = {}): void {
    rmSync(this.accounts, { recursive: true, force: true });
    for (const [path, content] of accountFiles(changes)) {
      mkdirSync(dirname(join(this.folder, path)), { recursive: true });
      writeFileSync(join(this.folder, path), content);
    }
  }

  read = (path: string): string => readFileSync(join(this.folder, path), "utf8");

  async run(args: readonly string[], screen: Partial<Terminal> = {}): Promise<CommandRun> {
    let [out, err] = ["", ""];
    const terminal = {
      out: (text: string) => (out += text),
      err: (text: string) => (err += text),
      ...screen,
    };
    const before = process.env;
    process.env = {
      FLEET_DEBUG: "1",
      HOME: this.folder,
      PATH: join(this.folder, "bin"),
      ...this.environment,
    };
    try {
      const code = await main([...args, "--accounts", this.accounts], terminal);
      return { code, out, err };
    } finally {
      process.env = before;
    }
  }

  close = (): void => rmSync(this.folder, { recursive: true });
}
