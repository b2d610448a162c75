import { existsSync, mkdirSync } from "node:fs";
import { availableParallelism } from "node:os";
import { basename, join } from "node:path";
import type { Fleet } from "../../model/fleet";
import { highest, isAbove, type Notice } from "../../review/notice";
import { fleetStacks } from "../../rollout/fleet-stacks";
import { inSteps } from "../../rollout/stack-order";
import { startRehearsal } from "../../sandbox/rehearsal";
import { checkReviewed } from "../deploy/check-reviewed";
import { DeployProblem } from "../deploy/deployer";
import { differingFiles } from "../deploy/stack-files";
import { type BaseFleet, loadBaseFleet } from "./base-fleet";
import { capacityReview } from "./capacity-review";
import { type ChangedStack, changedStacks } from "./changed-stacks";
import { costReview } from "./cost-review";
import { judgedStacks } from "./judged-stacks";
import { copyOutput, type Output, readOutput } from "./output";
import { openFindings, policyReview, type PolicyReview } from "./policy-review";
import type { Base } from "./review-base";
import type { ReviewResult, StackReview } from "./review-result";
import { reviewStack } from "./review-stack";
import { severalAtATime } from "./several-at-a-time";
import { stacksOfFiles } from "./stacks-of-files";
import { withNeeds } from "./with-needs";

export interface ReviewOptions {
  readonly base: Base;
  /** Of the head, loaded from `accounts`. */
  readonly fleet: Fleet;
  readonly accounts: string;
  readonly synthesized: string;
  readonly allowed: Notice;
  /** Such as 2026-11-30: waivers that ended before let nothing be. */
  readonly today: string;
  /** A directory for clouds, states and copies. */
  readonly scratch: string;
  /** With main.ts, cdktf.json and node_modules. */
  readonly project: string;
  /** Hears what begins; what it throws ends the review. */
  readonly onStep?: (text: string) => void;
}

/**
 * Rebuilds what the base has deployed, as far as the change needs it, and plans the stacks that differ.
 * @throws DeployProblem when synthesized/ is not what the accounts say; RehearsalProblem when the base cannot be rebuilt
 */
export async function runReview(options: ReviewOptions): Promise<ReviewResult> {
  const { base, fleet, allowed, accounts, today } = options;
  mkdirSync(options.scratch, { recursive: true });
  const [before, head] = [readOutput(base.synthesized), readOutput(options.synthesized)];
  const changed = changedStacks(before, head);
  const hadAccounts = existsSync(base.accounts);
  const files = hadAccounts ? differingFiles(base.accounts, accounts) : [];
  // Where nobody knows what the accounts were, each of their files may have changed.
  await checkFresh(options, head, changed, hadAccounts ? files : differingFiles(base.accounts, accounts));
  const stacks = changed.length > 0 ? await reviewChanged(options, before, head, changed) : [];
  const notice = highest(stacks.map((stack) => stack.notice));
  const baseFleet = loadBaseFleet(base);
  const policies = reviewPolicies(changed, { before, head, base: baseFleet, fleet, today });
  return {
    outcome: "reviewed",
    base: {
      name: base.name,
      ...(base.commit !== undefined && { commit: base.commit }),
      ...(base.isTip && { isTip: true }),
    },
    ...{
      notice,
      allowed,
      isAllowed: !isAbove(notice, allowed) && openFindings(policies).length === 0,
      stacks,
    },
    untouched: [...head.stacks.keys()].length - changed.filter(({ change }) => change !== "removed").length,
    accounts: files.map((file) => `${basename(accounts)}/${file}`),
    capacity: capacityReview(baseFleet, fleet),
    cost: costReview(baseFleet, fleet),
    policies,
  };
}

/** Holds the changed stacks, as they are and were, against the policies. */
function reviewPolicies(
  changed: readonly ChangedStack[],
  {
    before,
    head,
    base,
    fleet,
    today,
  }: Pick<ReviewOptions, "fleet" | "today"> & {
    readonly before: Output;
    readonly head: Output;
    readonly base: BaseFleet;
  },
): PolicyReview {
  const ids = changed.map(({ stack }) => stack);
  const [known, accounts] = "fleet" in base ? [base.fleet, base.fleet.accounts] : [undefined, base.unknown];
  return policyReview(
    { stacks: judgedStacks(before, ids, known), accounts },
    { stacks: judgedStacks(head, ids, fleet), accounts: fleet.accounts },
    today,
  );
}

/** The stacks that differ, and those that the changed data or code have a say in, are what the accounts say now. */
async function checkFresh(
  { base, fleet, accounts, synthesized, scratch, project, onStep }: ReviewOptions,
  head: Output,
  changed: readonly ChangedStack[],
  files: readonly string[],
): Promise<void> {
  const asked = fleetStacks(fleet);
  // Also one that the change leaves alone: without its file nobody looks after what it runs.
  const strangers = [...head.stacks.keys()].filter((stack) => !asked.has(stack));
  if (strangers.length > 0)
    throw new DeployProblem(
      `synthesized/ has ${strangers.join(", ")}, and the accounts ask for no such stack; what it runs would run on. ` +
        "Run `npm run synth`, and do what it says: restore the file, or name the stack under `retired:`.",
    );
  const concerned = base.hasOtherCode
    ? asked.keys()
    : new Set([...changed.map(({ stack }) => stack), ...stacksOfFiles(asked, files)]);
  const stacks = [...concerned].filter((stack) => asked.has(stack));
  if (stacks.length === 0) return;
  onStep?.(`Synthesizing ${stacks.length} of ${asked.size} stacks, to compare with ${synthesized} …`);
  await checkReviewed(stacks, { accounts, synthesized, project, scratch: join(scratch, "synth") });
}

async function reviewChanged(
  { scratch, project, onStep }: ReviewOptions,
  base: Output,
  head: Output,
  changed: readonly ChangedStack[],
): Promise<StackReview[]> {
  const [baseCopy, headCopy] = [join(scratch, "base-output"), join(scratch, "head-output")];
  const planned = changed.filter(({ change }) => change !== "removed").map(({ stack }) => stack);
  // What is new needs what is there: its account, its customers.
  const needed = withNeeds(base, [...planned, ...withNeeds(head, planned)]);
  copyOutput(base, needed, baseCopy);
  copyOutput(head, [...new Set([...planned, ...needed])], headCopy);
  const rehearsal = await startRehearsal({
    synthesized: baseCopy,
    directory: join(scratch, "rehearsal"),
    project,
  });
  try {
    let done = 0;
    for (const step of inSteps(needed)) {
      await rehearsal.assumeSecrets(step);
      await severalAtATime(step, availableParallelism(), async (stack) => {
        onStep?.(`rebuilding ${++done}/${needed.length}  ${stack}`);
        await rehearsal.apply(stack);
      });
    }
    await rehearsal.copy(headCopy);
    const reviews = new Map<string, StackReview>();
    await severalAtATime(changed, availableParallelism(), async (each) => {
      onStep?.(`planning ${reviews.size + 1}/${changed.length}  ${each.stack}`);
      reviews.set(each.stack, await reviewStack(rehearsal, each, base, head));
    });
    return changed.map(({ stack }) => reviews.get(stack)!);
  } finally {
    await rehearsal.close();
  }
}
