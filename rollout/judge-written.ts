import type { Account, Fleet } from "../model/fleet";
import { counted } from "../model/counted";
import { indexFleet } from "../model/rules/fleet-index";
import { fleetStacks, type RolloutStack } from "./fleet-stacks";
import { parseWrittenStack, type WrittenStack } from "./written-stack";

/** What an earlier synth wrote for a stack, held against the data. */
export interface JudgedStack {
  /** Undefined when it cannot be read. */
  readonly written?: WrittenStack;
  /** Why nothing may be written over it or without it, `what is wrong; what to do`. */
  readonly problem?: string;
}

/**
 * Judges what an earlier synth wrote, as far as it shows before anything is built: `fleet check` and synthesis say the
 * same. What takes the finished stack to see, synthesis alone finds.
 *
 * @returns takes the id of a stack and the text of its `cdk.tf.json`
 */
export function judgeWritten(fleet: Fleet): (id: string, text: string) => JudgedStack {
  const asked = fleetStacks(fleet);
  const { accounts } = indexFleet(fleet);
  const { root = "accounts" } = fleet;
  return (id, text) => {
    const stack = asked.get(id);
    let written: WrittenStack;
    try {
      written = parseWrittenStack(text);
    } catch (error) {
      // Of a live stack an interrupted synth wrote this, and nobody deployed it.
      return stack && stack.kind !== "retired" ? {} : { problem: unreadable(error as Error) };
    }
    const problem = stack
      ? problemOfAsked(stack, written, accounts.get(stack.account)!)
      : problemOfForgotten(id, written, accounts, root);
    return { written, ...(problem !== undefined && { problem }) };
  };
}

const unreadable = ({ message }: Error): string =>
  `its cdk.tf.json cannot be read (${message}), so nobody knows what runs there; restore it from version control`;

function problemOfAsked(stack: RolloutStack, written: WrittenStack, account: Account): string | undefined {
  if (stack.kind === "retired") return problemOfRetired(stack, written, account);
  const place = otherBucket(written, account) ?? otherProject(written, account);
  return place === undefined ? undefined : (otherAccount(stack, written) ?? place);
}

/** A file that moved; where bucket and project are the same, the folder of the account was renamed. */
function otherAccount(stack: RolloutStack, { source, resources }: WrittenStack): string | undefined {
  if (source === undefined || resources.length === 0 || accountOf(source) === stack.account) return undefined;
  return (
    `it runs for ${source}, and ${stack.source} asks for it now, in another account, where everything of it would be made ` +
    "anew; put the file back, and make a customer with another id there (docs/operations.md, Move a customer to another account)"
  );
}

/** `acme` of `accounts/acme/customers/abc.yaml`. */
const accountOf = (source: string): string | undefined => /^[^/]+\/([^/]+)\//.exec(source)?.[1];

function otherBucket({ resources, bucket }: WrittenStack, { state }: Account): string | undefined {
  if (resources.length === 0 || bucket === state.bucket) return undefined;
  return (
    `its state is in bucket ${bucket}, but the account now names ${state.bucket}, where a plan would find ` +
    "nothing and create everything anew; name the old bucket again, or copy its objects to the new one, delete " +
    "this directory and synthesize again"
  );
}

function otherProject({ project: before }: WrittenStack, { gcp }: Account): string | undefined {
  if (before === undefined || gcp === undefined || before === gcp.project) return undefined;
  return (
    `its resources are in project ${before}, but the account now names ${gcp.project}, and Terraform would ` +
    "destroy them there and create them here; name the old project again, and make an account of its own for the new one"
  );
}

function problemOfRetired(
  { id, source }: RolloutStack,
  written: WrittenStack,
  { state }: Account,
): string | undefined {
  if (written.resources.length > 0 && written.bucket !== state.bucket) {
    return (
      `${source} retires it, but its state is in bucket ${written.bucket}, not in ${state.bucket}; ` +
      "list it under retired: of the account that it belongs to"
    );
  }
  if (written.protected.length > 0) {
    return (
      `it is retired, but still protects ${written.protected.join(", ")}; bring ${written.source ?? "its file"} ` +
      `back with allowDestroys: true, deploy ${id}, and retire it then`
    );
  }
  const busy = busyLinodes(written);
  if (busy > 0) {
    return (
      `it is retired, but ${busy} of its bridges still take calls, and nothing drains what is no longer declared; bring ` +
      `${written.source ?? "its file"} back, set draining: to its size, deploy ${id}, and retire it when ` +
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
  { resources, source = "its file", bucket }: WrittenStack,
  accounts: ReadonlyMap<string, Account>,
  root: string,
): string | undefined {
  if (resources.length === 0) return undefined;
  const holds = `it holds ${counted(resources.length, "resource")}, and ${source} asks for it no more`;
  const account = accountOf(source);
  const isThere = account !== undefined && accounts.has(account);
  const renamed = isThere ? undefined : [...accounts.values()].find(({ state }) => state.bucket === bucket);
  if (account !== undefined && renamed) {
    return (
      `${holds}, since ${root}/${account} is ${root}/${renamed.id} now, and an account cannot change its name: all of ` +
      `it would be made anew, beside what runs; rename ${root}/${renamed.id} to ${root}/${account} again`
    );
  }
  if (isThere && !id.startsWith("account-"))
    return `${holds}; restore that file, or list ${id} under retired: in ${root}/${account}/account.yaml to destroy what runs`;
  return `${holds}; restore that file, or run "cdktf destroy ${id} --skip-synth" and then delete this directory`;
}
