import { existsSync, readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import type { Fleet } from "../model/fleet";
import { planStacks } from "./planned-stack";
import { readWrittenStack, type WrittenStack } from "./written-stack";

/** What a synth may do in its output directory. */
export interface OutputPlan {
  /** Why nothing may be written, `path: what is wrong; what to do`, sorted. Empty: go ahead. */
  readonly refusals: readonly string[];
  /** Directories of stacks that nobody asks for and that hold nothing any more, sorted. */
  readonly leftovers: readonly string[];
}

/**
 * Compares the fleet with the output that is already there, before anything is written.
 *
 * With one state per stack, a stack that is merely gone from the data would run on, unmanaged and billed. It is refused
 * until its file is back or its id stands under `retired:`. A retired stack is refused while something in it is
 * protected: Terraform forgets `prevent_destroy` together with the resource that has it.
 */
export function planOutput(outdir: string, fleet: Fleet): OutputPlan {
  const refusals: string[] = [];
  const leftovers: string[] = [];
  const written = new Map(stackDirectories(outdir).map((id) => [id, join(outdir, "stacks", id)]));
  const accounts = new Set(fleet.accounts.map(({ id }) => id));

  for (const { kind, id, account, source } of planStacks(fleet)) {
    const directory = written.get(id);
    written.delete(id);
    if (kind !== "retired" || directory === undefined) continue;
    const problem = judge(directory, (stack) => problemOfRetired(id, stack, account.state.bucket, source));
    if (problem !== undefined) refusals.push(problem);
  }
  for (const [id, directory] of written) {
    const problem = judge(directory, (stack) => problemOfForgotten(id, stack, accounts));
    if (problem === undefined) leftovers.push(directory);
    else refusals.push(problem);
  }
  return { refusals: refusals.sort(), leftovers: leftovers.sort() };
}

/** Removes the directories of stacks that hold nothing any more, and returns a line about each. */
export function removeLeftovers({ leftovers }: OutputPlan): string[] {
  return leftovers.map((directory) => {
    rmSync(directory, { recursive: true });
    return `${directory}: removed, because nothing asks for it and it held no resource any more`;
  });
}

function stackDirectories(outdir: string): string[] {
  const stacks = join(outdir, "stacks");
  if (!existsSync(stacks)) return [];
  return readdirSync(stacks, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name);
}

function judge(
  directory: string,
  problemOf: (stack: WrittenStack) => string | undefined,
): string | undefined {
  let problem: string | undefined;
  try {
    const stack = readWrittenStack(directory);
    problem = stack && problemOf(stack);
  } catch (error) {
    problem =
      `its cdk.tf.json cannot be read (${(error as Error).message}), so nobody knows what runs there; ` +
      "restore it from version control";
  }
  return problem && `${directory}: ${problem}`;
}

function problemOfRetired(
  id: string,
  { resources, bucket, protected: kept, source: old }: WrittenStack,
  accountBucket: string,
  source: string,
): string | undefined {
  if (resources.length > 0 && bucket !== accountBucket) {
    return (
      `${source} retires it, but its state is in bucket ${bucket}, not in ${accountBucket}; ` +
      "list it under retired: of the account that it belongs to"
    );
  }
  if (kept.length > 0) {
    return (
      `it is retired, but still protects ${kept.join(", ")}; bring ${old ?? "its file"} back with ` +
      `allowDestroys: true, deploy ${id}, and retire it then`
    );
  }
  return undefined;
}

function problemOfForgotten(
  id: string,
  { resources, source = "its file" }: WrittenStack,
  accounts: ReadonlySet<string>,
): string | undefined {
  if (resources.length === 0) return undefined;
  const count = resources.length === 1 ? "1 resource" : `${resources.length} resources`;
  const runs = `it holds ${count}, and ${source} asks for it no more; restore that file, or`;
  const account = /^accounts\/([^/]+)\//.exec(source)?.[1];
  if (account !== undefined && accounts.has(account) && !id.startsWith("account-")) {
    return `${runs} list ${id} under retired: in accounts/${account}/account.yaml to destroy what runs`;
  }
  return `${runs} run "cdktf destroy ${id} --skip-synth" and then delete this directory`;
}
