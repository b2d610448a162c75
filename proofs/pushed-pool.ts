import { spawnSync } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startRehearsal, type Rehearsal } from "../sandbox/rehearsal";
import type { ProgramResult } from "../sandbox/workspace/run-program";

const POOL = "acme/pools/nl-static.yaml";
const CUSTOMER = "acme/customers/abc.yaml";
const STACK = "bridges-acme-nl-static";

/** What the example pool begins with; a test adds lines to it. */
const HEAD = `# yaml-language-server: $schema=../../../schemas/pool.schema.json
cloud: linode
region: nl-ams
serves: [abc]
type: g6-dedicated-4
`;

/** The example's pool on Linode, in a rehearsal of its own, with machines that Terraform's provisioners reach. */
export class PushedPool {
  /** Everything that Terraform has printed. */
  log = "";

  private constructor(
    readonly directory: string,
    readonly rehearsal: Rehearsal,
  ) {}

  /** The account and its customer are deployed, the pool is synthesized. */
  static async synthesized(lines: string): Promise<PushedPool> {
    const directory = mkdtempSync(join(tmpdir(), "fleet-push-"));
    cpSync("accounts", join(directory, "accounts"), { recursive: true });
    synthesize(directory, lines);
    const rehearsal = await startRehearsal({
      synthesized: join(directory, "output"),
      directory: join(directory, "rehearsal"),
    });
    for (const stack of ["account-acme", "customer-abc"]) await rehearsal.apply(stack);
    return new PushedPool(directory, rehearsal);
  }

  /** Synthesizes the pool with other lines. */
  async write(lines: string): Promise<void> {
    synthesize(this.directory, lines);
    await this.rehearsal.copy(join(this.directory, "output"));
  }

  /** Synthesizes with another version of the customer's secrets. */
  async rotate(version: number, lines: string): Promise<void> {
    const path = join(this.directory, "accounts", CUSTOMER);
    writeFileSync(
      path,
      `${readFileSync(path, "utf8").replace(/secretsVersion: \d+\n/, "")}secretsVersion: ${version}\n`,
    );
    await this.write(lines);
  }

  /** Changes a file of every bridge, as an edit of the renderers would. */
  async changeFiles(text: string): Promise<void> {
    const path = join(this.directory, "output/stacks", STACK, "files/bridge/etc/fleet/jvb.env");
    writeFileSync(path, `${readFileSync(path, "utf8")}# ${text}\n`);
    await this.rehearsal.copy(join(this.directory, "output"));
  }

  /** Applies, and forgets the events of before. */
  async apply(): Promise<ProgramResult> {
    this.events.length = 0;
    const result = await this.rehearsal.terraform(STACK, [
      "apply",
      "-input=false",
      "-no-color",
      "-auto-approve",
    ]);
    this.log += result.stdout + result.stderr;
    return result;
  }

  /** Addresses that a plan changes. */
  async planned(): Promise<string[]> {
    return (await this.rehearsal.plan(STACK)).map(({ action, address }) => `${action} ${address}`);
  }

  get events(): string[] {
    return this.rehearsal.machines.events;
  }

  machine = (number: number) => this.rehearsal.machines.labelled(`acme-nl-static-${number}`);

  async close(): Promise<void> {
    await this.rehearsal.close();
    rmSync(this.directory, { recursive: true, force: true });
  }
}

function synthesize(directory: string, lines: string): void {
  writeFileSync(join(directory, "accounts", POOL), HEAD + lines);
  const { status, stderr } = spawnSync(process.execPath, ["--import", "tsx", "main.ts"], {
    env: {
      ...process.env,
      FLEET_ACCOUNTS: join(directory, "accounts"),
      CDKTF_OUTDIR: join(directory, "output"),
    },
    encoding: "utf8",
  });
  if (status !== 0) throw new Error(stderr);
}
