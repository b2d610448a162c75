import type { RolloutStack } from "../../rollout/fleet-stacks";
import { ApplyReport } from "./apply-report";
import type { Purpose } from "./deployer";
import { explainFailure } from "./explain-failure";
import type { Plans } from "./plan-stacks";
import type { Session } from "./session";

/** How some stacks ended. */
export interface Applied {
  readonly done: readonly string[];
  /** Broken off, or not begun because cdktf itself broke off. */
  readonly failed: readonly string[];
  /** Of those, the ones that Terraform has begun. */
  readonly begun: readonly string[];
  /** Terraform's words about the failed ones, each with what to do where this project knows it, and with its log. */
  readonly said: string;
}

/**
 * Applies the kept plans of stacks that need not one another, and reports on them as it goes. As many at a time
 * as one cdktf works on at once: it would leave the others to themselves when one of more fails.
 */
export async function applyStacks(
  session: Session,
  stacks: readonly RolloutStack[],
  purpose: Purpose,
  plans: Plans,
): Promise<Applied> {
  const ids = stacks.map(({ id }) => id);
  const report = new ApplyReport(ids, plans, {
    purpose,
    verbose: session.options.verbose,
    say: (text) => session.say(text),
    show: (text) => session.progress.show(text),
    now: () => performance.now(),
  });
  const { deployer } = session;
  const ends = await (purpose === "deploy" ? deployer.deploy(ids, report) : deployer.destroy(ids, report));
  const failed = stacks.filter(({ id }) => ends.get(id)?.end !== "done");
  const begun = failed.filter(({ id }) => ends.get(id)?.end === "failed");
  // Where Terraform failed on one, cdktf's own words about the others say nothing.
  const said = (begun.length > 0 ? begun : failed.slice(0, 1)).map((stack) => {
    const words = ends.get(stack.id)!.said;
    const explained = explainFailure(words, stack);
    const log = `Every line of it is in ${session.logOf(stack.id)}.`;
    return [`${stack.id}:\n${words}`, ...(explained === undefined ? [] : [explained]), log].join("\n\n");
  });
  return {
    done: ids.filter((id) => ends.get(id)?.end === "done"),
    failed: failed.map(({ id }) => id),
    begun: begun.map(({ id }) => id),
    said: said.join("\n\n"),
  };
}

/** Parts of at most `size`. */
export const inParts = <T>(all: readonly T[], size: number): T[][] =>
  Array.from({ length: Math.ceil(all.length / size) }, (_, index) =>
    all.slice(index * size, (index + 1) * size),
  );
