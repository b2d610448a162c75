import { join } from "node:path";
import { RehearsalProblem } from "../workspace/rehearsal-problem";
import { readManifest, readStack } from "../workspace/stack-configuration";

/** Deployed in this order: a customer needs the network, a bridge the customer's secrets. */
const KINDS = ["account.yaml", "customers", "pools"];

/**
 * The stacks of one account in the order of their first deploy, by the file that each was made from.
 * @throws RehearsalProblem when the account has none
 */
export function accountStacks(synthesized: string, account: string): string[] {
  const stacks = allStacks(synthesized).filter((stack) => stack.account === account);
  if (stacks.length > 0) return stacks.map(({ name }) => name);
  const accounts = [...new Set(allStacks(synthesized).map((stack) => stack.account))].join(", ");
  throw new RehearsalProblem(`There is no account ${account}; there are ${accounts}.`);
}

/** Every stack, accounts first: the reverse is the order in which they can be destroyed. */
export const deployOrder = (synthesized: string): string[] => allStacks(synthesized).map(({ name }) => name);

function allStacks(synthesized: string): { readonly name: string; readonly account: string }[] {
  return [...readManifest(synthesized)]
    .map(([name, directory]) => {
      const [, account = "", kind = ""] = sourceOf(join(synthesized, directory)).split("/");
      return { name, account, kind };
    })
    .sort((a, b) => KINDS.indexOf(a.kind) - KINDS.indexOf(b.kind) || (a.name < b.name ? -1 : 1));
}

/** Such as `accounts/acme/customers/abc.yaml`. */
function sourceOf(directory: string): string {
  return readStack(directory)["//"]?.source ?? "";
}
