import { join } from "node:path";
import { deployOrder as inOrder, destroyOrder } from "../../rollout/stack-order";
import { RehearsalProblem } from "../workspace/rehearsal-problem";
import { readManifest, readStack } from "../workspace/stack-configuration";

/**
 * The stacks of one account in the order of their first deploy, by the file that each was made from.
 * @throws RehearsalProblem when the account has none
 */
export function accountStacks(synthesized: string, account: string): string[] {
  const sources = sourcesIn(synthesized);
  const stacks = deployOrder(synthesized).filter((stack) => accountOf(sources.get(stack)!) === account);
  if (stacks.length > 0) return stacks;
  const accounts = [...new Set([...sources.values()].map(accountOf))].join(", ");
  throw new RehearsalProblem(`There is no account ${account}; there are ${accounts}.`);
}

/**
 * Every stack, accounts first, and last those that are retired: their deploy destroys. The reverse is the order in which
 * they can be destroyed.
 */
export function deployOrder(synthesized: string): string[] {
  const sources = sourcesIn(synthesized);
  const all = [...sources.keys()];
  const retired = all.filter((stack) => !stack.startsWith("account-") && isOfAccount(sources.get(stack)!));
  return [...inOrder(all.filter((stack) => !retired.includes(stack))), ...destroyOrder(retired)];
}

/** The file that each stack was made from, such as `accounts/acme/customers/abc.yaml`. */
const sourcesIn = (synthesized: string): ReadonlyMap<string, string> =>
  new Map(
    [...readManifest(synthesized)].map(([name, directory]) => [
      name,
      readStack(join(synthesized, directory))["//"]?.source ?? "",
    ]),
  );

const accountOf = (source: string): string => source.split("/")[1] ?? "";

/** An account's file asks for the account, and for what it retires. */
const isOfAccount = (source: string): boolean => source.endsWith("/account.yaml");
