import { execFileSync, spawn, spawnSync } from "node:child_process";
import {
  appendFileSync,
  cpSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { gitBase } from "../cli/review/review-base";
import type { ReviewResult } from "../cli/review/review-result";
import { runReview } from "../cli/review/run-review";
import { loadFleet } from "../config/load-fleet";

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

/** This project, with a main.ts that forgets the snapshots of disks after the policies have looked. */
class PlantedProject {
  readonly folder = mkdtempSync(join(tmpdir(), "fleet-review-planted-"));

  constructor() {
    for (const name of readdirSync("."))
      if (name !== "main.ts" && !name.startsWith(".")) symlinkSync(resolve(name), join(this.folder, name));
    writeFileSync(
      join(this.folder, "main.ts"),
      `import { existsSync, readFileSync, writeFileSync } from "node:fs";
import ${JSON.stringify(resolve("main.ts"))};
const path = \`\${process.env["CDKTF_OUTDIR"]}/stacks/customer-abc/cdk.tf.json\`;
if (existsSync(path)) {
  const stack = JSON.parse(readFileSync(path, "utf8"));
  delete stack.resource.google_compute_disk_resource_policy_attachment;
  writeFileSync(path, JSON.stringify(stack, null, 2));
}
`,
    );
  }

  synth(accounts: string, into: string): void {
    execFileSync(process.execPath, ["--import", "tsx", "main.ts"], {
      cwd: this.folder,
      env: { ...process.env, FLEET_ACCOUNTS: accounts, CDKTF_OUTDIR: into },
      stdio: "pipe",
    });
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

  it("has room and money before and after; of prices alone, though no stack changes", () => {
    const pool = "acme/pools/eu-burst.yaml";
    const path = join(repository.folder, "accounts", pool);
    writeFileSync(path, readFileSync(path, "utf8").replace("max: 8", "max: 12"));
    repository.synth();
    const raised = repository.review();
    expect([raised.code, raised.result.problem]).toEqual([0, undefined]);
    const { capacity, cost, policies } = raised.result;
    // Four bridges for 80 participants each, beside 240 at Linode.
    expect(capacity!.customers[0]!.shapes[0]).toMatchObject({
      ...{ shape: "mixed", before: { alone: { max: 880 } }, after: { alone: { max: 1200 } } },
    });
    expect(cost!.pools[0]).toMatchObject({ name: "acme/eu-burst", difference: { floor: 0, expected: 0 } });
    // Machines, disks, addresses and the metric are 648.13 of it, the rest is traffic.
    expect(cost!.total.difference!.ceiling).toBeGreaterThan(648.13);
    expect(policies).toMatchObject({ noBefore: null, findings: [], waivers: [] });
    expect(policies!.stacks).toContain("bridges-acme-eu-burst");

    repository.git("checkout", "-q", ".");
    const usd = "usd: { gcp/machine/n2-standard-4: 0.1 }";
    repository.append("defaults.yaml", `prices: { source: a contract, date: "2026-07-01", ${usd} }`);
    const { code, result } = repository.review();
    expect([code, result.stacks, result.accounts]).toEqual([0, [], ["accounts/defaults.yaml"]]);
    // 0.113832 less for 730 hours of the server, 83.10, and of two bridges, a third for 50 of 168 hours: 358.65 - 167.73
    expect(result.cost!.total.difference!.floor).toBe(-274.02);
    expect(result.cost!.byPrices).toEqual(result.cost!.total.difference);
    expect(result.cost!.prices.map(({ price }) => price)).toEqual(["gcp/machine/n2-standard-4/europe-west4"]);
  });

  it("says that there is no before when the base's accounts are of another model, and goes on", () => {
    repository.append("acme/account.yaml", "gone: a field that there was once");
    repository.git("commit", "-q", "-a", "-m", "x");
    const path = join(repository.folder, "accounts/acme/account.yaml");
    writeFileSync(path, readFileSync(path, "utf8").replace(/^gone:.*\n/m, ""));
    const { code, result } = repository.review();
    expect([code, result.outcome, result.stacks]).toEqual([0, "reviewed", []]);
    for (const part of [result.capacity!, result.cost!, result.policies!])
      expect(part.noBefore).toMatch(
        /^The base's accounts cannot be read by what reads them now \(1 problem, the first: accounts\/acme\/account\.yaml:\d+ gone: /,
      );
    expect(result.cost!.total.after.floor).toBeGreaterThan(0);
  });

  it("does not allow a finding without a waiver, and does with one, which it shows", async () => {
    const planted = new PlantedProject();
    const { folder } = repository;
    try {
      const accounts = join(folder, "accounts");
      const review = async (today: string): Promise<ReviewResult> => {
        planted.synth(accounts, join(folder, "synthesized"));
        const loaded = loadFleet(accounts);
        if (!loaded.ok) throw new Error(JSON.stringify(loaded.problems));
        const into = mkdtempSync(join(planted.folder, "base-"));
        return runReview({
          base: await gitBase("HEAD", folder, accounts, into),
          ...{ fleet: loaded.fleet, accounts, synthesized: join(folder, "synthesized"), today },
          ...{ allowed: "destroys data", project: planted.folder },
          scratch: mkdtempSync(join(planted.folder, "scratch-")),
        });
      };
      const open = await review("2026-11-30");
      expect(open).toMatchObject({ outcome: "reviewed", isAllowed: false });
      expect(classes(open)).toEqual({ "customer-abc": "changed: none" });
      const found = { rule: "snapshots", on: "customer-abc/google_compute_disk.data", isNew: true };
      expect(open.policies!.findings).toMatchObject([{ ...found, waiver: null }]);

      repository.append(
        "acme/account.yaml",
        `waivers:
  - rule: snapshots
    on: customer-abc/google_compute_disk.data
    reason: copied by hand until it goes
    owner: ops@acme.example
    until: "2026-12-31"`,
      );
      const waived = await review("2026-12-31");
      expect(waived).toMatchObject({ isAllowed: true });
      expect(waived.policies).toMatchObject({
        findings: [{ ...found, waiver: { owner: "ops@acme.example", until: "2026-12-31" } }],
        waivers: [{ change: "added", ended: null, findings: 1 }],
      });
      expect(await review("2027-01-01")).toMatchObject({
        isAllowed: false,
        policies: { findings: [{ waiver: null, ended: { until: "2026-12-31" } }] },
      });
    } finally {
      planted.close();
    }
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

  it("does not take stale output for no change where the base has no accounts, or had them elsewhere", () => {
    const before = mkdtempSync(join(tmpdir(), "fleet-review-before-"));
    try {
      cpSync(join(repository.folder, "synthesized"), join(before, "synthesized"), { recursive: true });
      repository.append("acme/customers/abc.yaml", "jicofo: { maxParticipantsPerBridge: 40 }");
      const { code, result } = repository.review("--base-dir", before);
      expect([code, result.outcome, result.isAllowed]).toEqual([1, "refused", false]);
      expect(result.problem).toContain("synthesized/stacks/customer-abc/files/server/etc/fleet/jicofo.env");
    } finally {
      rmSync(before, { recursive: true });
    }
  });

  it("does not call it cheaper that a file is gone and its stack is not, which would run on", () => {
    rmSync(join(repository.folder, "accounts/acme/pools/nl-static.yaml"));
    const { code, result } = repository.review();
    expect([code, result.outcome, result.cost]).toEqual([1, "refused", null]);
    expect(result.problem).toMatch(
      /^synthesized\/ has bridges-acme-nl-static, .*`npm run synth`.*`retired:`/,
    );
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
