import type { Fleet } from "../../model/fleet";
import { fleetStacks } from "../../rollout/fleet-stacks";
import { selectStacks } from "../../rollout/select-stacks";
import { rolloutCommand, type Where } from "./deploy-text";
import { CalledWrongly } from "./deployer";
import type { Rollout, RolloutRequest } from "./rollout-file";
import { ambiguous } from "./select-request";

export interface Resumed {
  /** Without what is gone from the data. */
  readonly request: RolloutRequest;
  /** Stacks of the rollout that are its part no more. */
  readonly gone: readonly string[];
  /** The canary of the earlier runs, when it is not among the customers any more. */
  readonly goneCanary?: string;
}

/**
 * What is left of a rollout in the data of now. Where a name is gone, the stacks that it meant and that are still there
 * go on by their ids: a pool outlives one of its customers. What was retired meanwhile is not deployed unasked.
 *
 * @param request the earlier one, with what this run says anew
 * @throws CalledWrongly when nothing is left, or a name may mean two things by now
 */
export function resumedRequest(
  fleet: Fleet,
  request: RolloutRequest,
  earlier: Rollout,
  where: Where,
): Resumed {
  const forget = rolloutCommand("--forget", where);
  const stacks = fleetStacks(fleet);
  const isThere = (asked: { readonly names?: string[]; readonly accounts?: string[] }): boolean =>
    !("unknown" in selectStacks(stacks, { names: [], accounts: [], all: false, ...asked }));
  const names = request.names.filter((name) => isThere({ names: [name] }));
  const accounts = request.accounts.filter((account) => isThere({ accounts: [account] }));
  const isWhole = names.length === request.names.length && accounts.length === request.accounts.length;
  const before = Object.keys(earlier.stacks);
  const remaining = before.filter((id) => stacks.has(id) && stacks.get(id)!.kind !== "retired");
  const left = {
    ...request,
    names: isWhole ? names : [...new Set([...names, ...remaining])],
    accounts,
  };
  const selection = selectStacks(stacks, left);
  if ("ambiguous" in selection)
    throw new CalledWrongly(
      `${ambiguous(selection.ambiguous, selection.meanings)} A resume cannot: \`${forget}\` forgets the rollout.`,
    );
  if ("unknown" in selection || selection.stacks.size === 0)
    throw new CalledWrongly(
      `--resume: the data have none of the rollout's stacks any more (${before.join(", ")}); \`${forget}\` forgets it.`,
    );
  const gone = before.filter((id) => !selection.stacks.has(id) && !selection.leftOut.includes(id));
  const { canary, ...others } = left;
  const isCanary = [...stacks.values()].some(
    ({ id, name, kind }) =>
      kind === "customer" && selection.stacks.has(id) && [id, name].includes(canary ?? ""),
  );
  // Another one that this run names is refused as ever.
  if (canary === undefined || isCanary || canary !== earlier.asked.canary) return { request: left, gone };
  return { request: others, gone, goneCanary: canary };
}
