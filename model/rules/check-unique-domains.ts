import { quoted } from "../quoted";
import { atAccount } from "./entity-ref";
import type { Rule } from "./rule";

/**
 * A zone lives in the account's project, so one domain in two accounts is two zones, and only the one that its
 * parent delegates to is ever asked.
 */
export const checkUniqueDomains: Rule = ({ accounts }) => {
  const owner = new Map<string, string>();
  return accounts.flatMap((account) => {
    if (!account.dns) return [];
    const { domain } = account.dns;
    const first = owner.get(domain);
    if (first === undefined) {
      owner.set(domain, account.id);
      return [];
    }
    return [
      {
        at: atAccount(account),
        path: ["dns", "domain"],
        message:
          `${quoted(domain)} is already the domain of account ${first}; allowed: a domain of its own; ` +
          `delegate a subdomain, such as ${quoted(`${account.id}.${domain}`)}, and name it here`,
      },
    ];
  });
};
