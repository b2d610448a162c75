import { rmSync } from "node:fs";
import { basename, join } from "node:path";
import type { App, StackManifest } from "cdktf";
import type { Fleet } from "../model/fleet";
import { FleetStack } from "./fleet-stack";
import { liveStackProblem } from "./live-stack-problem";
import { readOtherStacks, stackDirectories } from "./other-stacks";
import { RetiredStack } from "./retired-stack";
import { readWrittenStack, type WrittenStack } from "./written-stack";

/** What a synth may do in its output directory. */
export interface OutputPlan {
  /** Why nothing may be written, `path: what is wrong; what to do`, sorted. Empty: go ahead. */
  readonly refusals: readonly string[];
  /** Directories of stacks that nobody asks for and that hold nothing any more, sorted. */
  readonly leftovers: readonly string[];
  /** What the manifest goes on saying of stacks that this synth is not about, by id. */
  readonly others: Readonly<Record<string, StackManifest>>;
}

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
  const accounts = new Set(fleet.accounts.map(({ id }) => id));
  const stacks = new Map(
    app.node.children
      .filter((child): child is FleetStack => child instanceof FleetStack)
      .map((stack) => [stack.node.id, stack]),
  );

  for (const id of stackDirectories(app.outdir)) {
    const directory = join(app.outdir, "stacks", id);
    const stack = stacks.get(id);
    if (partial && !stack) continue;
    const problem = judge(directory, stack, (written) => {
      if (stack instanceof RetiredStack) return problemOfRetired(stack, written);
      return stack ? liveStackProblem(stack, written) : problemOfForgotten(id, written, accounts);
    });
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

function judge(
  directory: string,
  stack: FleetStack | undefined,
  problemOf: (written: WrittenStack) => string | undefined,
): string | undefined {
  let written: WrittenStack | undefined;
  try {
    written = readWrittenStack(directory);
  } catch (error) {
    // Of a live stack an interrupted synth wrote this, and nobody deployed it.
    if (stack && !(stack instanceof RetiredStack)) return undefined;
    return (
      `its cdk.tf.json cannot be read (${(error as Error).message}), so nobody knows what runs there; ` +
      "restore it from version control"
    );
  }
  return written && problemOf(written);
}

function problemOfRetired(stack: RetiredStack, written: WrittenStack): string | undefined {
  if (written.resources.length > 0 && written.bucket !== stack.bucket) {
    return (
      `${stack.source} retires it, but its state is in bucket ${written.bucket}, not in ${stack.bucket}; ` +
      "list it under retired: of the account that it belongs to"
    );
  }
  if (written.protected.length > 0) {
    return (
      `it is retired, but still protects ${written.protected.join(", ")}; bring ${written.source ?? "its file"} ` +
      `back with allowDestroys: true, deploy ${stack.node.id}, and retire it then`
    );
  }
  const busy = busyLinodes(written);
  if (busy > 0) {
    return (
      `it is retired, but ${busy} of its bridges still take calls, and nothing drains what is no longer declared; bring ` +
      `${written.source ?? "its file"} back, set draining: to its size, deploy ${stack.node.id}, and retire it when ` +
      "their calls have ended"
    );
  }
  return undefined;
}

/** Linodes of a pool that are not drained. */
function busyLinodes({ arguments: written }: WrittenStack): number {
  return [...written].filter(([address, { triggers_replace: triggers }]) => {
    const draining = (triggers as { readonly draining?: unknown } | undefined)?.draining;
    return /^terraform_data\.push-\d+$/.test(address) && draining !== true;
  }).length;
}

function problemOfForgotten(
  id: string,
  { resources, source = "its file" }: WrittenStack,
  accounts: ReadonlySet<string>,
): string | undefined {
  if (resources.length === 0) return undefined;
  const count = resources.length === 1 ? "1 resource" : `${resources.length} resources`;
  const holds = `it holds ${count}, and ${source} asks for it no more; restore that file, or`;
  const account = /^accounts\/([^/]+)\//.exec(source)?.[1];
  if (account !== undefined && accounts.has(account) && !id.startsWith("account-")) {
    return `${holds} list ${id} under retired: in accounts/${account}/account.yaml to destroy what runs`;
  }
  return `${holds} run "cdktf destroy ${id} --skip-synth" and then delete this directory`;
}
