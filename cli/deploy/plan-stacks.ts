import type { RolloutStack } from "../../rollout/fleet-stacks";
import type { PlannedChange } from "../../rollout/judge-plan";
import { DeployProblem, type Purpose } from "./deployer";
import { explainFailure } from "./explain-failure";
import { counted } from "../../model/counted";
import type { Session } from "./session";

export type Plans = ReadonlyMap<string, readonly PlannedChange[]>;

/**
 * Plans stacks, several at a time.
 * @throws DeployProblem with the words of each plan that failed; Stopped
 */
export async function planStacks(
  session: Session,
  stacks: readonly RolloutStack[],
  purpose: Purpose,
): Promise<Plans> {
  const plans = new Map<string, readonly PlannedChange[]>();
  const problems: string[] = [];
  const waiting = [...stacks];
  const work = async (): Promise<void> => {
    for (let stack = waiting.shift(); stack && !session.stop.isSet; stack = waiting.shift()) {
      session.progress.show(`planning ${plans.size + problems.length + 1}/${stacks.length}  ${stack.id}`);
      try {
        plans.set(stack.id, await session.deployer.plan(stack.id, purpose));
      } catch (error) {
        if (!(error instanceof DeployProblem)) throw error;
        problems.push(problemOf(stack, error.message));
      }
    }
  };
  await Promise.all(Array.from({ length: session.options.parallelism }, work));
  session.progress.clear();
  session.check();
  if (problems.length > 0) {
    throw new DeployProblem(
      `${counted(problems.length, "plan")} failed:\n\n${problems.join("\n\n")}\n\nNothing was ${purpose}ed.`,
    );
  }
  return new Map(stacks.map(({ id }) => [id, plans.get(id)!]));
}

/** Terraform repeats itself where a protection is in the way: then our words are enough. */
function problemOf(stack: RolloutStack, said: string): string {
  const explained = explainFailure(said, stack);
  if (explained !== undefined && said.includes("prevent_destroy")) return explained;
  return `${stack.id}:\n${said}${explained === undefined ? "" : `\n\n${explained}`}`;
}
