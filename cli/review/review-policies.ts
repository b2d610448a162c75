import { join } from "node:path";
import type { Fleet } from "../../model/fleet";
import { fleetLists } from "../list/fleet-lists";
import { allowsDestroys } from "../policy/policy-report";
import { readFinishedStack } from "../policy/read-finished-stack";
import type { BaseFleet } from "./base-fleet";
import type { ChangedStack, Output } from "./output";
import { type JudgedStack, policyReview, type PolicyReview } from "./policy-review";

/** Reads the changed stacks as they are and were, and holds them against the policies. */
export function reviewPolicies({
  changed,
  before,
  head,
  base,
  fleet,
  today,
}: {
  readonly changed: readonly ChangedStack[];
  readonly before: Output;
  readonly head: Output;
  readonly base: BaseFleet;
  /** Of the head. */
  readonly fleet: Fleet;
  readonly today: string;
}): PolicyReview {
  const ids = changed.map(({ stack }) => stack);
  return policyReview(
    {
      stacks: judgedStacks(before, ids, "fleet" in base ? base.fleet : undefined),
      accounts: "fleet" in base ? base.fleet.accounts : base.unknown,
    },
    { stacks: judgedStacks(head, ids, fleet), accounts: fleet.accounts },
    today,
  );
}

/**
 * Stacks that are in an output.
 *
 * @param fleet undefined when it is not known; then nothing is taken to be protected there, so that a finding about that
 * counts as new
 */
function judgedStacks({ directory, stacks }: Output, ids: readonly string[], fleet?: Fleet): JudgedStack[] {
  const listed = new Map(
    fleet ? fleetLists(fleet, { rootName: "accounts" }).stacks.map((stack) => [stack.id, stack]) : [],
  );
  return ids.flatMap((id): JudgedStack[] => {
    const stack = listed.get(id);
    if (!stacks.has(id) || (fleet && !stack)) return [];
    const allowDestroys = fleet && stack ? allowsDestroys(stack, fleet) : true;
    const finished = readFinishedStack(join(directory, "stacks"), { id, allowDestroys });
    return finished ? [{ account: stack?.account ?? "", finished }] : [];
  });
}
