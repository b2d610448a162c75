import { quoted } from "../quoted";
import { atAccount } from "./entity-ref";
import type { Rule } from "./rule";

/**
 * A state bucket belongs to one account: who deploys an account may write its bucket, and so every state in it. Stack
 * ids would keep the states of two accounts apart; a shared bucket is what a copied account.yaml leaves behind.
 */
export const checkUniqueStateBuckets: Rule = ({ accounts }) => {
  const owner = new Map<string, string>();
  return accounts.flatMap((account) => {
    const { bucket } = account.state;
    const first = owner.get(bucket);
    if (first === undefined) {
      owner.set(bucket, account.id);
      return [];
    }
    return [
      {
        at: atAccount(account),
        path: ["state", "bucket"],
        message:
          `${quoted(bucket)} is already the state bucket of account ${first}; ` +
          "allowed: a bucket that no other account uses; create one, then name it here",
      },
    ];
  });
};
