import { quoted } from "../quoted";
import { atAccount } from "./entity-ref";
import type { Rule } from "./rule";

/** One account, one project: two accounts in one project would both own its services, bucket and names. */
export const checkUniqueProjects: Rule = ({ accounts }) => {
  const owner = new Map<string, string>();
  return accounts.flatMap((account) => {
    if (!account.gcp) return [];
    const first = owner.get(account.gcp.project);
    if (first === undefined) {
      owner.set(account.gcp.project, account.id);
      return [];
    }
    return [
      {
        at: atAccount(account),
        path: ["gcp", "project"],
        message:
          `${quoted(account.gcp.project)} is already the project of account ${first}; ` +
          "allowed: a project that no other account uses; create one, then name it here",
      },
    ];
  });
};
