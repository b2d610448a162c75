import type { Account } from "../fleet";
import type { Problem } from "../problem";
import { quoted } from "../quoted";
import { atAccount, atCustomer, atPool } from "./entity-ref";
import { indexFleet } from "./fleet-index";
import type { Rule } from "./rule";

/** An account has a cloud, and whatever runs in it finds its cloud there. */
export const checkAccountClouds: Rule = (fleet) => {
  const { accounts } = indexFleet(fleet);
  const problems: Problem[] = fleet.accounts.flatMap(checkAccount);
  const file = (account: Account) => `accounts/${account.id}/account.yaml`;

  for (const customer of fleet.customers) {
    const account = accounts.get(customer.account);
    if (!account || account.gcp) continue;
    problems.push({
      at: atCustomer(customer),
      path: ["server", "cloud"],
      message:
        `"gcp" is not set up in account ${account.id}; allowed: customers in accounts with gcp; ` +
        `add gcp to ${file(account)}, or move this file to an account that has it`,
    });
  }
  for (const pool of fleet.pools) {
    const account = accounts.get(pool.account);
    if (!account || account[pool.cloud]) continue;
    const allowed = account.gcp ? "gcp" : account.linode ? "linode" : "none yet";
    const wanted = pool.cloud === "linode" ? "linode: {}" : "gcp";
    problems.push({
      at: atPool(pool),
      path: ["cloud"],
      message:
        `${quoted(pool.cloud)} is not set up in account ${account.id}; allowed: ${allowed}; ` +
        `add ${wanted} to ${file(account)}, or choose the other cloud`,
    });
  }
  return problems;
};

function checkAccount(account: Account): Problem[] {
  if (!account.gcp && !account.linode) {
    return [
      {
        at: atAccount(account),
        path: [],
        message: "the account has no cloud; allowed: gcp, linode or both; add one of them",
      },
    ];
  }
  if (account.dns && !account.gcp) {
    return [
      {
        at: atAccount(account),
        path: ["dns"],
        message:
          "the account has no Google Cloud project to hold the zone; allowed: dns beside gcp; " +
          "add gcp, or leave dns out and publish host names elsewhere",
      },
    ];
  }
  return [];
}
