import { existsSync, mkdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { stripVTControlCharacters } from "node:util";
import type { PlannedChange } from "../../rollout/judge-plan";
import { readPlanActions } from "../../sandbox/workspace/plan-actions";
import { interruptPrograms, programsEnded } from "../../sandbox/workspace/run-program";
import { type Deployer, DeployProblem, type Purpose, type StackEnd } from "./deployer";
import type { Ground } from "./ground";

/** Lines of cdktf that are shown when it ended before Terraform began. */
const LAST_WORDS = 15;
const TERRAFORM_OF_PLAN = join(__dirname, "terraform-of-plan.sh");

/** Plans and applies on any ground. */
export class PlannedDeployer implements Deployer {
  /** @param plans directory of kept plans: readable for their owner alone, because a plan has the state in it */
  constructor(
    private readonly ground: Ground,
    private readonly plans: string,
  ) {
    rmSync(plans, { recursive: true, force: true });
    mkdirSync(plans, { recursive: true, mode: 0o700 });
    Object.assign(ground.environment, {
      TERRAFORM_BINARY_NAME: TERRAFORM_OF_PLAN,
      FLEET_TERRAFORM: ground.terraformProgram,
      FLEET_PLANS: plans,
    });
  }

  async plan(stack: string, purpose: Purpose): Promise<readonly PlannedChange[]> {
    const flags = purpose === "destroy" ? ["-destroy"] : [];
    await this.succeed(stack, ["plan", "-input=false", "-no-color", ...flags, `-out=${this.planOf(stack)}`]);
    return readPlanActions(await this.succeed(stack, ["show", "-json", this.planOf(stack)]));
  }

  planText(stack: string): Promise<string> {
    return this.succeed(stack, ["show", "-no-color", this.planOf(stack)]);
  }

  bring(variables: Readonly<Record<string, string>>): void {
    Object.assign(this.ground.environment, variables);
  }

  deploy(stacks: readonly string[], onLine: (line: string) => void): Promise<ReadonlyMap<string, StackEnd>> {
    return this.apply("deploy", stacks, onLine);
  }

  destroy(stacks: readonly string[], onLine: (line: string) => void): Promise<ReadonlyMap<string, StackEnd>> {
    return this.apply("destroy", stacks, onLine);
  }

  async interrupt(): Promise<void> {
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
    onLine: (line: string) => void,
  ): Promise<ReadonlyMap<string, StackEnd>> {
    for (const stack of stacks) rmSync(this.leftBy(stack, "ended"), { force: true });
    const { stdout, stderr } = await this.ground.cdktf(purpose, stacks, onLine);
    const lastWords = stripVTControlCharacters(`${stdout}\n${stderr}`)
      .split("\n")
      .filter((line) => line.trim() !== "")
      .slice(-LAST_WORDS)
      .join("\n");
    return new Map(
      stacks.map((stack): [string, StackEnd] => {
        if (!existsSync(this.leftBy(stack, "ended"))) return [stack, { end: "not begun", said: lastWords }];
        const code = readFileSync(this.leftBy(stack, "ended"), "utf8").trim();
        const said = readFileSync(this.leftBy(stack, "said"), "utf8").trim();
        return [stack, { end: code === "0" ? "done" : "failed", said }];
      }),
    );
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
