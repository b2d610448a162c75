import type { Account } from "../fleet";
import { bridgesStackId, customerStackId } from "../names";
import type { Problem } from "../problem";
import { quoted } from "../quoted";
import { atAccount } from "./entity-ref";
import { oldestFirst } from "./older-account";
import type { Rule } from "./rule";

/** A retired stack has no file any more, and is retired once, by the account that it belonged to. */
export const checkRetired: Rule = (fleet, broken) => {
  const files = new Map<string, string>();
  for (const id of broken.customers) files.set(customerStackId({ id }), `customer ${id}`);
  for (const path of broken.pools) {
    const [account, id] = path.split("/") as [string, string];
    files.set(bridgesStackId({ account, id }), `pool ${id} of account ${account}`);
  }
  for (const { account, id } of fleet.customers) {
    files.set(customerStackId({ id }), `accounts/${account}/customers/${id}.yaml`);
  }
  for (const { account, id } of fleet.pools) {
    files.set(bridgesStackId({ account, id }), `accounts/${account}/pools/${id}.yaml`);
  }

  const retiredBy = new Map<string, string>();
  const fault = (account: Account, stack: string): string | undefined => {
    const own = `bridges-${account.id}-`;
    if (stack.startsWith("bridges-") && !(stack.startsWith(own) && stack.length > own.length)) {
      return (
        `${quoted(stack)} is not a stack of account ${account.id}; allowed: customer-<id> and ${own}<pool>; ` +
        "retire it in the account that it belonged to"
      );
    }
    const file = files.get(stack);
    if (file !== undefined) {
      return (
        `${quoted(stack)} is still in use by ${file}; allowed: stacks whose file is gone; ` +
        "remove the file, or this entry"
      );
    }
    const first = retiredBy.get(stack);
    if (first !== undefined) {
      const twice = first === account.id ? "is named twice" : `is already retired by account ${first}`;
      return `${quoted(stack)} ${twice}; allowed: each stack once; remove one`;
    }
    retiredBy.set(stack, account.id);
    return undefined;
  };

  return oldestFirst(fleet, fleet.accounts, ({ id }) => id).flatMap((account) =>
    account.retired.flatMap((stack, index): Problem[] => {
      const message = fault(account, stack);
      return message === undefined ? [] : [{ at: atAccount(account), path: ["retired", index], message }];
    }),
  );
};
