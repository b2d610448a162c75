import { DeployProgress } from "../../sandbox/demo/deploy-progress";
import type { RolloutStack } from "../../rollout/fleet-stacks";
import type { Purpose, StackEnd } from "./deployer";
import { explainFailure } from "./explain-failure";
import type { Session } from "./session";
import { StackLines } from "./stack-lines";

/** How some stacks ended, and in Terraform's words why. */
export interface Applied {
  readonly ends: ReadonlyMap<string, StackEnd>;
  /** Empty when all of them are done. */
  readonly said: string;
}

const UNHEARD = { began: () => undefined, step: () => undefined };

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
  const heard = new DeployProgress(ids, UNHEARD);
  const onLine = (raw: string): void => {
    heard.read(raw);
    const line = lines.read(raw);
    if (line !== undefined) session.say(`  ${line}\n`);
  };
  const { deployer } = session;
  const ends = await (purpose === "deploy" ? deployer.deploy(ids, onLine) : deployer.destroy(ids, onLine));
  const broken = stacks.filter(({ id }) => ends.get(id) !== "done");
  if (broken.length === 0) return { ends, said: "" };
  const explained = broken
    .map((stack) => explainFailure(heard.errorText, stack))
    .find((text) => text !== undefined);
  const said = heard.errorText || "cdktf ended without a word; `npx cdktf diff` of the stack may have one";
  return { ends, said: explained === undefined ? said : `${said}\n\n${explained}` };
}

/** Parts of at most `size`. */
export const inParts = <T>(all: readonly T[], size: number): T[][] =>
  Array.from({ length: Math.ceil(all.length / size) }, (_, index) =>
    all.slice(index * size, (index + 1) * size),
  );
