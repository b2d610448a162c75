import { join } from "node:path";
import { deployOrder } from "../../rollout/stack-order";
import { RehearsalProblem } from "../workspace/rehearsal-problem";
import { readManifest, readStack } from "../workspace/stack-configuration";

/**
 * The stacks of one account in the order of their first deploy, by the file that each was made from.
 * @throws RehearsalProblem when the account has none
 */
export function accountStacks(synthesized: string, account: string): string[] {
  const accounts = new Map(
    [...readManifest(synthesized)].map(([name, directory]) => [
      name,
      accountOf(join(synthesized, directory)),
    ]),
  );
  const stacks = [...accounts.keys()].filter((name) => accounts.get(name) === account);
  if (stacks.length > 0) return deployOrder(stacks);
  const known = [...new Set(accounts.values())].join(", ");
  throw new RehearsalProblem(`There is no account ${account}; there are ${known}.`);
}

/** Every stack, accounts first: the reverse is the order in which they can be destroyed. */
export const allStacks = (synthesized: string): string[] =>
  deployOrder([...readManifest(synthesized).keys()]);

/** By the file that the stack was made from, such as `accounts/acme/customers/abc.yaml`. */
const accountOf = (directory: string): string =>
  (readStack(directory)["//"]?.source ?? "").split("/")[1] ?? "";
