import type { RolloutStack } from "../../rollout/fleet-stacks";
import type { Purpose } from "./deployer";
import { explainFailure } from "./explain-failure";
import type { Session } from "./session";
import { StackLines } from "./stack-lines";

/** How some stacks ended. */
export interface Applied {
  readonly done: readonly string[];
  /** Broken off, or not begun because cdktf itself broke off. */
  readonly failed: readonly string[];
  /** Of those, the ones that Terraform has begun. */
  readonly begun: readonly string[];
  /** Terraform's words about the failed ones, each with what to do where this project knows it. */
  readonly said: string;
}

/**
 * Applies the kept plans of stacks that need not one another, and prints cdktf's lines as they come. As many at a time
 * as one cdktf works on at once: it would leave the others to themselves when one of more fails.
 */
export async function applyStacks(
  session: Session,
  stacks: readonly RolloutStack[],
  purpose: Purpose,
): Promise<Applied> {
  const ids = stacks.map(({ id }) => id);
  const lines = new StackLines(ids);
  const onLine = (raw: string): void => {
    const line = lines.read(raw);
    if (line !== undefined) session.say(`  ${line}\n`);
  };
  const { deployer } = session;
  const ends = await (purpose === "deploy" ? deployer.deploy(ids, onLine) : deployer.destroy(ids, onLine));
  const failed = stacks.filter(({ id }) => ends.get(id)?.end !== "done");
  const begun = failed.filter(({ id }) => ends.get(id)?.end === "failed");
  // Where Terraform failed on one, cdktf's own words about the others say nothing.
  const said = (begun.length > 0 ? begun : failed.slice(0, 1)).map((stack) => {
    const words = ends.get(stack.id)!.said;
    const explained = explainFailure(words, stack);
    return `${stack.id}:\n${words}${explained === undefined ? "" : `\n\n${explained}`}`;
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
