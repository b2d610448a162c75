import type { Account } from "../fleet";
import { quoted } from "../quoted";
import { clashProblem } from "./clash";
import { atAccount } from "./entity-ref";
import { oldestFirst } from "./older-account";
import type { Rule } from "./rule";

const PATH = ["dns", "domain"];

/**
 * A zone lives in the account's project, so one domain in two accounts is two zones, and only the one that its
 * parent delegates to is ever asked.
 */
export const checkUniqueDomains: Rule = (fleet) => {
  const owners = new Map<string, Account>();
  return oldestFirst(fleet, fleet.accounts, ({ id }) => id).flatMap((account) => {
    if (!account.dns) return [];
    const { domain } = account.dns;
    const owner = owners.get(domain);
    if (!owner) {
      owners.set(domain, account);
      return [];
    }
    return [
      clashProblem(fleet, {
        kind: "domain",
        value: domain,
        at: atAccount(account),
        path: PATH,
        owner: owner.id,
        ownerAt: atAccount(owner),
        ownerPath: PATH,
        wrong: `${quoted(domain)} is already the domain of account ${owner.id}`,
        wayOut: `allowed: a domain of its own; delegate a subdomain, such as ${quoted(`${account.id}.${domain}`)}, and name it here`,
      }),
    ];
  });
};
