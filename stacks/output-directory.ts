import { existsSync, readFileSync, rmSync } from "node:fs";
import { basename, join } from "node:path";
import type { App, StackManifest } from "cdktf";
import type { Fleet } from "../model/fleet";
import { type JudgedStack, judgeWritten } from "../rollout/judge-written";
import { FleetStack } from "./fleet-stack";
import { liveStackProblem } from "./live-stack-problem";
import { readOtherStacks, stackDirectories } from "./other-stacks";
import { RetiredStack } from "./retired-stack";

/** What a synth may do in its output directory. */
export interface OutputPlan {
  /** Why nothing may be written, `path: what is wrong; what to do`, sorted. Empty: go ahead. */
  readonly refusals: readonly string[];
  /** Directories of stacks that nobody asks for and that hold nothing any more, sorted. */
  readonly leftovers: readonly string[];
  /** What the manifest goes on saying of stacks that this synth is not about, by id. */
  readonly others: Readonly<Record<string, StackManifest>>;
}

/** Of a stack that was cut off before its first file. */
const NOTHING: JudgedStack = {};

/**
 * Compares a built app with the output that is already there, before anything is written.
 *
 * With one state per stack, a stack that is merely gone from the data would run on, unmanaged and billed. It is refused
 * until its file is back or its id stands under `retired:`. What is protected must still be declared: Terraform forgets
 * `prevent_destroy` together with the resource that has it, and would destroy the resource without a word.
 *
 * @param partial whether the app holds only some stacks: then the directories of the others are no business of this synth
 */
export function planOutput(app: App, fleet: Fleet, partial = false): OutputPlan {
  const { entries: others, refusal } = partial ? readOtherStacks(app) : { entries: {} };
  const refusals = refusal === undefined ? [] : [refusal];
  const leftovers: string[] = [];
  const judge = judgeWritten(fleet);
  const stacks = new Map(
    app.node.children
      .filter((child): child is FleetStack => child instanceof FleetStack)
      .map((stack) => [stack.node.id, stack]),
  );

  for (const id of stackDirectories(app.outdir)) {
    const directory = join(app.outdir, "stacks", id);
    const stack = stacks.get(id);
    if (partial && !stack) continue;
    const path = join(directory, "cdk.tf.json");
    const { written, problem: early } = existsSync(path) ? judge(id, readFileSync(path, "utf8")) : NOTHING;
    const isLive = stack !== undefined && !(stack instanceof RetiredStack);
    const problem = early ?? (written && isLive ? liveStackProblem(stack, written) : undefined);
    if (problem !== undefined) refusals.push(`${directory}: ${problem}`);
    else if (!stack) leftovers.push(directory);
  }
  return { refusals: refusals.sort(), leftovers: leftovers.sort(), others };
}

/** Removes the directories of stacks that hold nothing any more, and returns a line about each. */
export function removeLeftovers({ leftovers }: OutputPlan): string[] {
  return leftovers.map((directory) => {
    rmSync(directory, { recursive: true });
    return (
      `${directory}: removed, because nothing asks for it and it declared no resource any more; ` +
      `if ${basename(directory)} was never deployed like that, what it ran still runs: bring the directory back and deploy it`
    );
  });
}
