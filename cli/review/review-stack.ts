import { type Judgement, judgeStack } from "../../review/judge-stack";
import { machineFiles } from "../../review/machine-files";
import { isPublic, newOpenings } from "../../review/openings";
import { notKnown } from "../../review/verdict";
import type { JsonObject, PlannedObject } from "../../rollout/planned-object";
import type { Rehearsal } from "../../sandbox/rehearsal";
import { RehearsalProblem } from "../../sandbox/workspace/rehearsal-problem";
import { readStack, resourcesOf } from "../../sandbox/workspace/stack-configuration";
import { stackFiles } from "../deploy/stack-files";
import type { ChangedStack } from "./changed-stacks";
import { otherBridges } from "./other-bridges";
import { type Output, stackDirectory } from "./output";
import type { ReviewedFile, StackReview } from "./review-result";
import { shownObject } from "./shown-object";
import { unifiedDiff } from "./unified-diff";

/** Files that the plan says all about, or that say nothing to anybody. */
const SAID_ELSEWHERE = /^(cdk\.tf\.json|terragrunt\.hcl)$/;

/**
 * Plans a changed stack and says what callers notice of it.
 *
 * @param rehearsal has the base deployed, as far as this stack needs it, and the head's files copied
 */
export async function reviewStack(
  rehearsal: Rehearsal,
  { stack, change }: ChangedStack,
  base: Output,
  head: Output,
): Promise<StackReview> {
  const [before, after] = [base, head].map((output) => textsOf(stackDirectory(output, stack))) as [
    Texts,
    Texts,
  ];
  const files = filesOf(before, after);
  if (change === "removed")
    return { ...{ stack, change, plan: [], opened: [], files: [] }, ...judgeRemoved(base, stack) };
  const { objects, refused } = await plan(rehearsal, stack);
  const judgement =
    refused !== undefined && objects.length === 0
      ? judgeUnplanned(stack)
      : judgeStack({
          objects,
          files: { before: machineFiles(before), after: machineFiles(after) },
          isRetired: isEmpty(head, stack),
          configuration: { before: configurationIn(before), after: configurationIn(after) },
          hasOtherBridges: otherBridges(stack, base, head),
        });
  return {
    ...{ stack, change, ...judgement },
    plan: objects.map(shownObject),
    ...(refused !== undefined && { refused }),
    opened: openedBy(objects),
    files,
  };
}

const configurationIn = (texts: Texts): JsonObject | null =>
  JSON.parse(texts.get("cdk.tf.json") ?? "null") as JsonObject | null;

/** What Terraform would do, and its words where it refuses. What it protects is planned again without protection. */
async function plan(
  rehearsal: Rehearsal,
  stack: string,
): Promise<{ readonly objects: readonly PlannedObject[]; readonly refused?: string }> {
  try {
    return { objects: await rehearsal.plan(stack) };
  } catch (error) {
    if (!(error instanceof RehearsalProblem)) throw error;
    const refused = error.message;
    if (!refused.includes("prevent_destroy")) return { objects: [], refused };
    rehearsal.liftPreventDestroy(stack);
    return { objects: await rehearsal.plan(stack), refused };
  }
}

const judgeUnplanned = (stack: string): Judgement => {
  const verdict = {
    ...notKnown("Terraform cannot plan it"),
    instead: "Read what Terraform says, and correct the data.",
  };
  return { notice: verdict.notice, reasons: [{ ...verdict, at: [stack] }] };
};

/** A stack that is gone from the output is destroyed by nobody. */
function judgeRemoved(base: Output, stack: string): Judgement {
  if (isEmpty(base, stack)) {
    const says = "the stack was retired before, and nothing is left of it";
    return { notice: "none", reasons: [{ notice: "none", says, at: [stack] }] };
  }
  const reason = {
    notice: "interrupts calls" as const,
    says: "the stack is left over: its objects run on and are paid for, and no deploy looks after them any more",
    instead:
      "Name it under `retired:` in the account's file, deploy that, and take the entry away afterwards.",
    at: [stack],
  };
  return { notice: reason.notice, reasons: [reason] };
}

const isEmpty = (output: Output, stack: string): boolean =>
  resourcesOf(readStack(stackDirectory(output, stack))).length === 0;

type Texts = ReadonlyMap<string, string>;

const textsOf = (directory: string): Texts =>
  new Map([...stackFiles(directory)].map(([path, content]) => [path, content.toString("utf8")]));

function filesOf(before: Texts, after: Texts): ReviewedFile[] {
  return [...new Set([...before.keys(), ...after.keys()])]
    .filter((path) => before.get(path) !== after.get(path) && !SAID_ELSEWHERE.test(path))
    .sort()
    .map((path) => ({
      path,
      change: !before.has(path) ? "added" : after.has(path) ? "changed" : "removed",
      diff: unifiedDiff(before.get(path) ?? "", after.get(path) ?? ""),
    }));
}

const openedBy = (objects: readonly PlannedObject[]): StackReview["opened"] =>
  objects.flatMap(newOpenings).map((opening) => ({ ...opening, isPublic: isPublic(opening) }));
