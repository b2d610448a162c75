import { execFileSync, spawnSync } from "node:child_process";
import { appendFileSync, cpSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { ReviewResult } from "../../cli/review/review-result";

/** A repository with the example account acme, committed with its output. */
export class ReviewedRepository {
  readonly folder = mkdtempSync(join(tmpdir(), "fleet-review-proof-"));

  constructor() {
    cpSync("accounts", join(this.folder, "accounts"), { recursive: true });
    rmSync(join(this.folder, "accounts/globex"), { recursive: true });
    this.git("init", "-q");
    this.commit();
  }

  git = (...args: readonly string[]): string =>
    execFileSync("git", ["-c", "user.name=x", "-c", "user.email=x@acme.example", ...args], {
      cwd: this.folder,
      encoding: "utf8",
    });

  synth(): void {
    execFileSync(process.execPath, ["--import", "tsx", "main.ts"], {
      env: {
        ...process.env,
        FLEET_ACCOUNTS: join(this.folder, "accounts"),
        CDKTF_OUTDIR: join(this.folder, "synthesized"),
      },
      stdio: "pipe",
    });
  }

  /** Synthesizes, and takes all of it as the base of what follows. */
  commit(): void {
    this.synth();
    this.git("add", "-A");
    this.git("commit", "-q", "-m", "x");
  }

  append = (path: string, lines: string): void =>
    appendFileSync(join(this.folder, "accounts", path), `${lines}\n`);

  review(...args: readonly string[]): {
    readonly code: number | null;
    readonly result: ReviewResult;
    readonly err: string;
  } {
    const base = args.includes("--base-dir") ? [] : ["--base", "HEAD"];
    const words = ["cli/fleet.js", "review", ...base, "--json", ...args];
    const { status, stdout, stderr } = spawnSync(
      process.execPath,
      [...words, "--accounts", join(this.folder, "accounts")],
      { encoding: "utf8", maxBuffer: 2 ** 28 },
    );
    return { code: status, result: JSON.parse(stdout) as ReviewResult, err: stderr };
  }

  close = (): void => rmSync(this.folder, { recursive: true });
}

/** Stack -> how it differs from the base, and its class: `changed: moves calls`. */
export const classes = ({ stacks }: ReviewResult): Record<string, string> =>
  Object.fromEntries(stacks.map(({ stack, change, notice }) => [stack, `${change}: ${notice}`]));
