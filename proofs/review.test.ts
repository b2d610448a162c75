import { execFileSync, spawn, spawnSync } from "node:child_process";
import { appendFileSync, cpSync, existsSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { ReviewResult } from "../cli/review/review-result";

/** A repository with the example account acme, committed with its output. */
class Repository {
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
    const words = ["cli/fleet.js", "review", "--base", "HEAD", "--json", ...args];
    const { status, stdout, stderr } = spawnSync(
      process.execPath,
      [...words, "--accounts", join(this.folder, "accounts")],
      { encoding: "utf8", maxBuffer: 2 ** 28 },
    );
    return { code: status, result: JSON.parse(stdout) as ReviewResult, err: stderr };
  }

  close = (): void => rmSync(this.folder, { recursive: true });
}

let repository: Repository;
beforeEach(() => {
  repository = new Repository();
});
afterEach(() => repository.close());

const classes = ({ stacks }: ReviewResult): Record<string, string> =>
  Object.fromEntries(stacks.map(({ stack, change, notice }) => [stack, `${change}: ${notice}`]));

describe("fleet review, on a repository", () => {
  it("plans what changed and nothing else, once it is synthesized; --allow admits it", () => {
    repository.append("acme/customers/abc.yaml", "jicofo: { maxParticipantsPerBridge: 40 }");
    const stale = repository.review();
    expect([stale.code, stale.result.outcome, stale.result.isAllowed]).toEqual([1, "refused", false]);
    expect(stale.result.problem).toContain(
      "synthesized/stacks/customer-abc/files/server/etc/fleet/jicofo.env",
    );

    repository.synth();
    const { code, result, err } = repository.review();
    expect([code, err]).toEqual([1, ""]);
    expect(result).toMatchObject({
      outcome: "reviewed",
      base: { name: "HEAD", commit: repository.git("rev-parse", "HEAD").trim() },
      notice: "moves calls",
      allowed: "new calls only",
      accounts: ["accounts/acme/customers/abc.yaml"],
      untouched: 3,
    });
    expect(classes(result)).toEqual({ "customer-abc": "changed: moves calls" });
    expect(result.stacks[0]!.plan).toEqual([
      {
        ...{
          address: "google_compute_instance.server",
          action: "update",
          createFirst: false,
          replacePaths: [],
        },
        changes: [{ attribute: "metadata.fleet-files", before: "(files)", after: "(files)" }],
      },
    ]);
    expect(repository.review("--allow", "moves-calls")).toMatchObject({
      code: 0,
      result: { isAllowed: true },
    });
  });

  it("ends in good order on Ctrl-C, and leaves nothing behind", async () => {
    repository.append("acme/customers/abc.yaml", "jicofo: { maxParticipantsPerBridge: 40 }");
    repository.synth();
    const temporary = mkdtempSync(join(tmpdir(), "fleet-review-interrupted-"));
    try {
      const accounts = join(repository.folder, "accounts");
      const child = spawn(
        process.execPath,
        ["cli/fleet.js", "review", "--base", "HEAD", "--accounts", accounts],
        {
          env: { ...process.env, TMPDIR: temporary },
          stdio: ["ignore", "ignore", "pipe"],
        },
      );
      let err = "";
      child.stderr.setEncoding("utf8").on("data", (text: string) => (err += text));
      const ended = new Promise<number | null>((resolve) => child.once("close", resolve));
      // While the base is rebuilt: then Terraform runs.
      const isRebuilding = (): boolean =>
        readdirSync(temporary).some((name) => existsSync(join(temporary, name, "rehearsal/state")));
      while (!isRebuilding()) {
        if (child.exitCode !== null) throw new Error(`it ended by itself: ${err}`);
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
      child.kill("SIGINT");
      expect(await ended).toBe(130);
      expect(err).toContain("Interrupted.");
      expect(readdirSync(temporary).filter((name) => name.startsWith("fleet-review-"))).toEqual([]);
    } finally {
      rmSync(temporary, { recursive: true });
    }
  });

  it("rebuilds a base that reads secrets which people made", () => {
    repository.append("acme/customers/abc.yaml", "certificate: { secret: abc-certificate }");
    repository.commit();
    repository.append("acme/customers/abc.yaml", "snapshots: { retentionDays: 30 }");
    repository.synth();
    expect(repository.review()).toMatchObject({ code: 0, result: { notice: "none" } });
  });

  it("plans an account that is new, with all that is in it", () => {
    cpSync("accounts/globex", join(repository.folder, "accounts/globex"), { recursive: true });
    repository.synth();
    const { code, result } = repository.review();
    expect([code, result.problem]).toEqual([0, undefined]);
    expect(classes(result)).toEqual({
      "account-globex": "added: none",
      "customer-xyz": "added: new calls only",
      "customer-xyz-europe": "added: new calls only",
      "bridges-globex-eu-burst": "added: new calls only",
      "bridges-globex-us-burst": "added: new calls only",
      "bridges-globex-us-static": "added: new calls only",
    });
    expect(result.stacks.flatMap(({ plan }) => plan).every(({ action }) => action === "create")).toBe(true);
    expect(result.stacks.flatMap(({ opened }) => opened)).toContainEqual({
      ...{ port: "tcp 443", from: "0.0.0.0/0", isPublic: true },
    });
  });

  it("says that a stack is left over which is gone from the output, with objects", () => {
    rmSync(join(repository.folder, "accounts/acme/pools/nl-static.yaml"));
    // Synthesized anew from nothing, nobody refuses it.
    rmSync(join(repository.folder, "synthesized"), { recursive: true });
    repository.synth();
    const { code, result } = repository.review();
    expect(code).toBe(1);
    expect(classes(result)).toEqual({
      "customer-abc": expect.stringMatching(/^changed: /),
      "bridges-acme-nl-static": "removed: interrupts calls",
    });
    expect(result.stacks.at(-1)!.reasons[0]!.says).toMatch(/left over/);
  });
});
