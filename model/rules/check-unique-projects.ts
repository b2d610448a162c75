import type { Account } from "../fleet";
import { quoted } from "../quoted";
import { clashProblem } from "./clash";
import { atAccount } from "./entity-ref";
import { oldestFirst } from "./older-account";
import type { Rule } from "./rule";

const PATH = ["gcp", "project"];

/** One account, one project: two accounts in one project would both own its services, bucket and names. */
export const checkUniqueProjects: Rule = (fleet) => {
  const owners = new Map<string, Account>();
  return oldestFirst(fleet, fleet.accounts, ({ id }) => id).flatMap((account) => {
    if (!account.gcp) return [];
    const owner = owners.get(account.gcp.project);
    if (!owner) {
      owners.set(account.gcp.project, account);
      return [];
    }
    return [
      clashProblem(fleet, {
        kind: "project",
        value: account.gcp.project,
        at: atAccount(account),
        path: PATH,
        owner: owner.id,
        ownerAt: atAccount(owner),
        ownerPath: PATH,
        wrong: `${quoted(account.gcp.project)} is already the project of account ${owner.id}`,
        wayOut: "allowed: a project that no other account uses; create one, then name it here",
      }),
    ];
  });
};
