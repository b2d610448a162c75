import { execFileSync, spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, relative } from "node:path";
import { deployOrder } from "../sandbox/demo/account-stacks";
import { startRehearsal, type Rehearsal } from "../sandbox/rehearsal";
import type { PlannedAction } from "../sandbox/workspace/plan-actions";
import type { AccountFiles, Edit } from "./edits";

const SIGNS = { create: "+", update: "~", delete: "-", replace: "-/+" } as const;

/** As Terraform prints it, with what asks for a replacement: `-/+ google_dns_record_set.address-record (name)`. */
export const describeAction = ({ action, createFirst, address, replacePaths }: PlannedAction): string =>
  `${createFirst ? "+/-" : SIGNS[action]} ${address}${replacePaths.length > 0 ? ` (${replacePaths.join(", ")})` : ""}`;

/** What came of an edit: the plans of the stacks whose files changed, or who refused it and with which words. */
export type Outcome =
  | {
      readonly plans: Readonly<Record<string, readonly string[]>>;
      /** What the pretended clouds refused of it, if anything. */
      readonly refused?: string;
      /** What a plan after the apply still wants; empty is right. */
      readonly left: readonly string[];
    }
  | { readonly refusedBy: "synth" | "plan"; readonly words: string };

/** The example accounts, deployed in a rehearsal, on which edits are planned one by one. */
export class EditRunner {
  private constructor(
    private readonly directory: string,
    private readonly accounts: AccountFiles,
    private readonly rehearsal: Rehearsal,
  ) {}

  /** Synthesizes `accounts/` and applies every stack in the offline clouds. */
  static async deployed(): Promise<EditRunner> {
    const directory = mkdtempSync(join(tmpdir(), "fleet-edits-"));
    const base = join(directory, "base");
    const accounts: AccountFiles = new Map();
    for (const path of filesBelow("accounts"))
      accounts.set(path, readFileSync(join("accounts", path), "utf8"));
    execFileSync(process.execPath, ["--import", "tsx", "main.ts"], {
      env: { ...process.env, CDKTF_OUTDIR: base },
      stdio: "pipe",
    });
    const rehearsal = await startRehearsal({ synthesized: base, directory: join(directory, "rehearsal") });
    for (const stack of deployOrder(base)) await rehearsal.apply(stack);
    const runner = new EditRunner(directory, accounts, rehearsal);
    runner.copyWorld("rehearsal", "deployed");
    return runner;
  }

  get stacks(): readonly string[] {
    return this.rehearsal.stacks;
  }

  /** Terraform's own check and a plan of a stack as it is deployed. */
  async validate(stack: string): Promise<{ readonly code: number; readonly plan: readonly string[] }> {
    const { code } = await this.rehearsal.terraform(stack, ["validate", "-no-color"]);
    return { code, plan: (await this.rehearsal.plan(stack)).map(describeAction) };
  }

  async run(edit: Edit): Promise<Outcome> {
    const files: AccountFiles = new Map(this.accounts);
    edit.edit(files);
    const accounts = join(this.directory, "edited", "accounts");
    rmSync(accounts, { recursive: true, force: true });
    for (const [path, text] of files) {
      mkdirSync(dirname(join(accounts, path)), { recursive: true });
      writeFileSync(join(accounts, path), text);
    }

    const [before, after] = [join(this.directory, "base"), join(this.directory, "output")];
    rmSync(after, { recursive: true, force: true });
    cpSync(before, after, { recursive: true });
    const synth = spawnSync(process.execPath, ["--import", "tsx", "main.ts"], {
      env: { ...process.env, FLEET_ACCOUNTS: accounts, CDKTF_OUTDIR: after },
      encoding: "utf8",
    });
    if (synth.status !== 0) {
      if (difference(before, after).length > 0) throw new Error(`refused, and yet written:\n${synth.stderr}`);
      return { refusedBy: "synth", words: synth.stderr };
    }

    await this.rehearsal.copy(after);
    const plans: Record<string, readonly string[]> = {};
    for (const stack of difference(before, after)) {
      try {
        plans[stack] = (await this.rehearsal.plan(stack)).map(describeAction);
      } catch (error) {
        return { refusedBy: "plan", words: (error as Error).message };
      }
    }
    return { plans, ...(await this.apply(deployOrder(after).filter((stack) => stack in plans))) };
  }

  /** Applies the stacks in their order, plans them again, and puts clouds and states back as they were. */
  private async apply(
    stacks: readonly string[],
  ): Promise<{ readonly refused?: string; readonly left: string[] }> {
    let refused: string | undefined;
    const left: string[] = [];
    try {
      for (const stack of stacks) {
        await this.rehearsal.apply(stack).catch((error: Error) => (refused ??= error.message));
      }
      for (const stack of stacks) {
        left.push(
          ...(await this.rehearsal.plan(stack)).map((action) => `${stack}: ${describeAction(action)}`),
        );
      }
      return { left, ...(refused !== undefined && { refused }) };
    } finally {
      this.copyWorld("deployed", "rehearsal");
    }
  }

  /** Clouds, machines and states, without the working copies. */
  private copyWorld(from: string, to: string): void {
    for (const part of ["clouds.json", "ssh/machines", "state"]) {
      const target = join(this.directory, to, part);
      rmSync(target, { recursive: true, force: true });
      cpSync(join(this.directory, from, part), target, { recursive: true });
    }
  }

  async close(): Promise<void> {
    await this.rehearsal.close();
    rmSync(this.directory, { recursive: true, force: true });
  }
}

function filesBelow(directory: string): string[] {
  return readdirSync(directory, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(directory, join(entry.parentPath, entry.name)));
}

/** Stacks of which any file is new, gone or different, sorted. */
function difference(before: string, after: string): string[] {
  const texts = (directory: string) =>
    new Map(
      filesBelow(join(directory, "stacks")).map((path) => [
        path,
        readFileSync(join(directory, "stacks", path)),
      ]),
    );
  const [old, now] = [texts(before), texts(after)];
  const changed = [...new Set([...old.keys(), ...now.keys()])].filter((path) => {
    const [a, b] = [old.get(path), now.get(path)];
    return !a || !b || !a.equals(b);
  });
  return [...new Set(changed.map((path) => path.split("/")[0]!))].sort();
}
