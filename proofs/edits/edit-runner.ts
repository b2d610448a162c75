import { execFileSync, spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { changedStacks } from "../../cli/review/changed-stacks";
import { type Output, readOutput } from "../../cli/review/output";
import { reviewStack } from "../../cli/review/review-stack";
import { objectLine } from "../../cli/review/review-words";
import { highest, type Notice } from "../../review/notice";
import { deployOrder } from "../../sandbox/demo/account-stacks";
import { startRehearsal, type Rehearsal } from "../../sandbox/rehearsal";
import { exampleAccounts, writeAccounts } from "./account-files";
import type { AccountFiles, Edit } from "./edit";

/** What came of an edit: the plans of the stacks whose files changed, or who refused it and with which words. */
export type Outcome =
  | {
      readonly plans: Readonly<Record<string, readonly string[]>>;
      /** What callers notice, as `fleet review` says. */
      readonly callers: Notice;
      /** What the pretended clouds refused of it, if anything. */
      readonly refused?: string;
      /** What a plan after the apply still wants; empty is right. */
      readonly left: readonly string[];
    }
  | { readonly refusedBy: "synth"; readonly words: string }
  | { readonly refusedBy: "plan"; readonly words: string; readonly callers: Notice };

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
    execFileSync(process.execPath, ["--import", "tsx", "main.ts"], {
      env: { ...process.env, CDKTF_OUTDIR: base },
      stdio: "pipe",
    });
    const rehearsal = await startRehearsal({ synthesized: base, directory: join(directory, "rehearsal") });
    for (const stack of deployOrder(base)) await rehearsal.apply(stack);
    const runner = new EditRunner(directory, exampleAccounts(), rehearsal);
    runner.copyWorld("rehearsal", "deployed");
    return runner;
  }

  get stacks(): readonly string[] {
    return this.rehearsal.stacks;
  }

  /** Terraform's own check and a plan of a stack as it is deployed. */
  async validate(stack: string): Promise<{ readonly code: number; readonly plan: readonly string[] }> {
    const { code } = await this.rehearsal.terraform(stack, ["validate", "-no-color"]);
    return { code, plan: (await this.rehearsal.plan(stack)).map(objectLine) };
  }

  async run(edit: Edit): Promise<Outcome> {
    const files: AccountFiles = new Map(this.accounts);
    const [deployed, before, after] = ["base", "first", "output"].map((name) =>
      join(this.directory, name),
    ) as [string, string, string];
    let base = readOutput(deployed);
    try {
      if (edit.first) {
        edit.first(files);
        const { status, stderr } = this.synth(files, deployed, before);
        if (status !== 0) throw new Error(`what comes before ${edit.name} cannot be synthesized:\n${stderr}`);
        await this.rehearsal.copy(before);
        const first = readOutput(before);
        for (const { stack } of changedStacks(base, first)) await this.rehearsal.apply(stack);
        base = first;
      }
      const edited = new Map(edit.first ? this.accounts : files);
      edit.edit(edited);
      const { status, stderr } = this.synth(edited, base.directory, after);
      if (status !== 0) {
        if (changedStacks(base, readOutput(after)).length > 0)
          throw new Error(`refused, and yet written:\n${stderr}`);
        return { refusedBy: "synth", words: stderr };
      }
      for (const [path, change] of Object.entries(edit.code ?? {})) changeText(join(after, path), change);
      return await this.plan(base, readOutput(after));
    } finally {
      this.copyWorld("deployed", "rehearsal");
    }
  }

  /** Synthesizes accounts over a copy of an earlier output. */
  private synth(
    files: AccountFiles,
    from: string,
    to: string,
  ): { readonly status: number | null; readonly stderr: string } {
    const accounts = join(this.directory, "edited", "accounts");
    rmSync(accounts, { recursive: true, force: true });
    writeAccounts(files, accounts);
    rmSync(to, { recursive: true, force: true });
    cpSync(from, to, { recursive: true });
    return spawnSync(process.execPath, ["--import", "tsx", "main.ts"], {
      env: { ...process.env, FLEET_ACCOUNTS: accounts, CDKTF_OUTDIR: to },
      encoding: "utf8",
    });
  }

  /** Reviews what changed, as `fleet review` does, then applies it. */
  private async plan(base: Output, head: Output): Promise<Outcome> {
    await this.rehearsal.copy(head.directory);
    const plans: Record<string, readonly string[]> = {};
    const notices: Notice[] = [];
    for (const changed of changedStacks(base, head)) {
      const { stack, plan, refused, notice } = await reviewStack(this.rehearsal, changed, base, head);
      if (refused !== undefined) return { refusedBy: "plan", words: refused, callers: notice };
      plans[stack] = plan.map(objectLine);
      notices.push(notice);
    }
    const ends = await this.apply(deployOrder(head.directory).filter((stack) => stack in plans));
    return { plans, callers: highest(notices), ...ends };
  }

  /** Applies the stacks in their order, and plans them again. */
  private async apply(
    stacks: readonly string[],
  ): Promise<{ readonly refused?: string; readonly left: string[] }> {
    let refused: string | undefined;
    const left: string[] = [];
    for (const stack of stacks) {
      await this.rehearsal.apply(stack).catch((error: Error) => (refused ??= error.message));
    }
    for (const stack of stacks) {
      left.push(...(await this.rehearsal.plan(stack)).map((action) => `${stack}: ${objectLine(action)}`));
    }
    return { left, ...(refused !== undefined && { refused }) };
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

/** @throws when that changes nothing, which would be a mistake in the table of edits */
function changeText(path: string, change: (text: string) => string): void {
  const text = existsSync(path) ? readFileSync(path, "utf8") : "";
  const changed = change(text);
  if (changed === text) throw new Error(`${path}: the edit changes nothing`);
  writeFileSync(path, changed);
}
