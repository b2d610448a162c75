import { chmodSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { stripVTControlCharacters } from "node:util";
import type { PlannedChange } from "../../rollout/judge-plan";
import { readPlanActions, readPlanOutputs } from "../../sandbox/workspace/plan-actions";
import { interruptPrograms, programsEnded } from "../../sandbox/workspace/run-program";
import { type ApplyListener, type Deployer, DeployProblem, type Purpose, type StackEnd } from "./deployer";
import type { Ground } from "./ground";
import { StackLog } from "./stack-log";

/** Lines of cdktf that are shown when it ended before Terraform began. */
const LAST_WORDS = 15;
/** How often the logs are looked at: cdktf loses lines under load, the files have all. */
const LOOK_MILLISECONDS = 200;
const TERRAFORM_OF_PLAN = join(__dirname, "terraform-of-plan.sh");

export interface PlannedDeployerOptions {
  /** Directory of kept plans, which have the state in them. */
  readonly plans: string;
  /** Directory of `<stack>.log`, every line of the stack's last apply; cdktf's lines where Terraform did not begin. */
  readonly logs: string;
}

/** Plans and applies on any ground. */
export class PlannedDeployer implements Deployer {
  private readonly plans: string;
  private readonly logs: string;

  constructor(
    private readonly ground: Ground,
    options: PlannedDeployerOptions,
  ) {
    ({ plans: this.plans, logs: this.logs } = options);
    rmSync(this.plans, { recursive: true, force: true });
    // Both for their owner alone; the logs may be there already.
    for (const directory of [this.plans, this.logs]) {
      mkdirSync(directory, { recursive: true, mode: 0o700 });
      chmodSync(directory, 0o700);
    }
    Object.assign(ground.environment, {
      TERRAFORM_BINARY_NAME: TERRAFORM_OF_PLAN,
      FLEET_TERRAFORM: ground.terraformProgram,
      FLEET_PLANS: this.plans,
      FLEET_LOGS: this.logs,
    });
  }

  async plan(stack: string, purpose: Purpose): Promise<readonly PlannedChange[]> {
    const flags = purpose === "destroy" ? ["-destroy"] : [];
    await this.succeed(stack, ["plan", "-input=false", "-no-color", ...flags, `-out=${this.planOf(stack)}`]);
    chmodSync(this.planOf(stack), 0o600); // it has the state in it
    const json = await this.succeed(stack, ["show", "-json", this.planOf(stack)]);
    const changes = readPlanActions(json);
    if (changes.length > 0 || purpose === "destroy") return changes;
    // With nothing else to do, an output is what there is to apply.
    return readPlanOutputs(json).map((name) => ({ address: `output.${name}`, action: "update" }));
  }

  planText(stack: string): Promise<string> {
    return this.succeed(stack, ["show", "-no-color", this.planOf(stack)]);
  }

  bring(variables: Readonly<Record<string, string>>): void {
    Object.assign(this.ground.environment, variables);
  }

  deploy(stacks: readonly string[], listener: ApplyListener): Promise<ReadonlyMap<string, StackEnd>> {
    return this.apply("deploy", stacks, listener);
  }

  destroy(stacks: readonly string[], listener: ApplyListener): Promise<ReadonlyMap<string, StackEnd>> {
    return this.apply("destroy", stacks, listener);
  }

  async interrupt(): Promise<void> {
    // First: cdktf may be between init and apply, where no Terraform runs that could be asked.
    if (existsSync(this.plans)) writeFileSync(join(this.plans, "stop"), "");
    await interruptPrograms();
  }

  async close(): Promise<void> {
    await programsEnded();
    await this.ground.close();
    rmSync(this.plans, { recursive: true, force: true });
  }

  /** cdktf's own exit code says that one of several has failed; what is left beside the plans says which. */
  private async apply(
    purpose: Purpose,
    stacks: readonly string[],
    listener: ApplyListener,
  ): Promise<ReadonlyMap<string, StackEnd>> {
    const ends = new Map<string, StackEnd>();
    const logs = new Map(stacks.map((stack) => [stack, new StackLog(this.logs, stack)]));
    for (const stack of stacks) rmSync(this.leftBy(stack, "ended"), { force: true });
    const look = (): void => {
      for (const [stack, log] of logs) {
        if (ends.has(stack)) continue;
        const end = this.endOf(stack); // before the lines: then the log is complete
        for (const line of end ? log.lastLines() : log.newLines()) listener.line(stack, line);
        if (!end) continue;
        ends.set(stack, end);
        listener.ended(stack, end);
      }
    };
    const timer = setInterval(look, LOOK_MILLISECONDS);
    const { stdout, stderr } = await this.ground.cdktf(purpose, stacks).finally(() => clearInterval(timer));
    look();
    for (const [stack, log] of logs) {
      if (ends.has(stack)) continue;
      const lines = stripVTControlCharacters(`${stdout}\n${stderr}`)
        .split("\n")
        .filter((line) => line.trim() !== "");
      log.append(`${lines.join("\n")}\n`);
      const end: StackEnd = { end: "not begun", said: lines.slice(-LAST_WORDS).join("\n") };
      ends.set(stack, end);
      listener.ended(stack, end);
    }
    return ends;
  }

  /** Undefined while Terraform runs, or has not begun. */
  private endOf(stack: string): StackEnd | undefined {
    if (!existsSync(this.leftBy(stack, "ended"))) return undefined;
    const code = readFileSync(this.leftBy(stack, "ended"), "utf8").trim();
    const said = readFileSync(this.leftBy(stack, "said"), "utf8").trim();
    return { end: code === "0" ? "done" : "failed", said };
  }

  private async succeed(stack: string, args: readonly string[]): Promise<string> {
    const { code, stdout, stderr } = await this.ground.terraform(stack, args);
    if (code !== 0) throw new DeployProblem((stderr || stdout).trimEnd());
    return stdout;
  }

  private readonly planOf = (stack: string): string => join(this.plans, `${stack}.tfplan`);
  private readonly leftBy = (stack: string, what: "ended" | "said"): string =>
    join(this.plans, `${stack}.${what}`);
}
