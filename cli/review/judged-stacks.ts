import { join } from "node:path";
import type { Fleet } from "../../model/fleet";
import { fleetLists } from "../list/fleet-lists";
import { allowsDestroys } from "../policy/allows-destroys";
import { readFinishedStack } from "../policy/read-finished-stack";
import type { Output } from "./output";
import type { JudgedStack } from "./policy-review";

/**
 * Those of some stacks that an output has, as policies look at them.
 *
 * @param fleet undefined when it is not known; then nothing is taken to be protected there, so that a finding about that
 * counts as new
 */
export function judgedStacks(
  { directory, stacks }: Output,
  ids: readonly string[],
  fleet: Fleet | undefined,
): JudgedStack[] {
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
