import type { Fleet } from "../../model/fleet";
import { fleetStacks, type RolloutStack } from "../../rollout/fleet-stacks";
import { ambiguityOf, type Meanings, selectStacks } from "../../rollout/select-stacks";
import { unknownName } from "../unknown-name";
import { CalledWrongly } from "./deployer";
import type { RolloutRequest } from "./rollout-file";

/** What a request means in the data of now. */
export interface Selected {
  /** In the order of the data; at least one. */
  readonly stacks: readonly RolloutStack[];
  /** Stack of the customer that goes first. */
  readonly canary?: string;
  /** Retired stacks that nobody named. */
  readonly leftOut: readonly string[];
}

/** @throws CalledWrongly when it means nothing, or may mean two things */
export function selectRequest(fleet: Fleet, request: RolloutRequest): Selected {
  const all = fleetStacks(fleet);
  const selection = selectStacks(all, request);
  if ("unknown" in selection)
    throw new CalledWrongly(unknownIn(fleet, all, selection.unknown, selection.kind).trimEnd());
  if ("ambiguous" in selection) throw new CalledWrongly(ambiguous(selection.ambiguous, selection.meanings));
  const stacks = [...all.values()].filter(({ id }) => selection.stacks.has(id));
  if (stacks.length === 0) throw new CalledWrongly(nothingIn(request, selection.leftOut));
  const twice = request.canary === undefined ? undefined : ambiguityOf(all, request.canary);
  if (twice) throw new CalledWrongly(`--canary: ${ambiguous(request.canary!, twice)}`);
  const canary = [...all.values()].find(
    ({ id, name, kind }) => kind === "customer" && [id, name].includes(request.canary ?? ""),
  )?.id;
  if (request.canary !== undefined && !selection.stacks.has(canary ?? ""))
    throw new CalledWrongly(
      `--canary ${request.canary}: it is not among the customers that are to be deployed`,
    );
  return { stacks, ...(canary !== undefined && { canary }), leftOut: selection.leftOut };
}

/** How to say either. */
export function ambiguous(name: string, { stack, customer }: Meanings): string {
  const ways: Readonly<Record<RolloutStack["kind"], string>> = {
    account: `--account ${stack.name} for account ${stack.name}, its customers and its pools`,
    customer: `${stack.name} for customer ${stack.name} with its pools`,
    pool: `${stack.name} for the pool`,
    retired: "nothing for the retired stack, which waits until the customer has another id",
  };
  return (
    `${name} is both a stack and the id of another customer: say ${ways[stack.kind]}, ` +
    `or ${customer.id} for the stack of customer ${name}.`
  );
}

function unknownIn(
  { accounts }: Fleet,
  stacks: ReadonlyMap<string, RolloutStack>,
  name: string,
  kind: string,
): string {
  const all = [...stacks.values()];
  const isAccount = accounts.some(({ id }) => id === name);
  if (kind === "account" && isAccount) return `--account ${name}: ${NO_STACKS}`;
  if (kind === "account")
    return unknownName(
      kind,
      name,
      accounts.map(({ id }) => id),
    );
  if (isAccount) return `${name} is an account: --account ${name} means it, its customers and its pools.`;
  const pools = all.filter((stack) => stack.kind === "pool" && stack.name.endsWith(`/${name}`));
  if (pools.length > 0)
    return `A pool is named with its account: say ${pools.map((each) => each.name).join(" or ")}.`;
  const candidates = all.flatMap(({ id, name: short }) => (short === id ? [id] : [id, short]));
  return unknownName(kind, name, candidates);
}

const NO_STACKS = "nothing is to be deployed there: it has no Google Cloud, no customers and no pools.";

/** Without stacks, a synthesis would be one of everything. */
function nothingIn({ accounts, all }: RolloutRequest, retired: readonly string[]): string {
  const asked = all ? "--all" : accounts.map((each) => `--account ${each}`).join(" ");
  if (retired.length === 0) return `${asked}: ${NO_STACKS}`;
  return `${asked}: all that is there is retired; name ${retired.join(", ")} to deploy what destroys them.`;
}
