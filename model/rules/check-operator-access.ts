import type { Account, Pool } from "../fleet";
import { parseIpv4Network } from "../ipv4-network";
import type { Problem } from "../problem";
import { quoted } from "../quoted";
import { atAccount } from "./entity-ref";
import type { Rule } from "./rule";

/** Addresses that one rule of a Linode firewall takes. */
const ADDRESSES_PER_RULE = 255;

/** A wider network is the public, not a place where operators sit. */
const WIDEST_IPV4 = 8;
const WIDEST_IPV6 = 16;

/** Operators, and only they, can log in to machines. */
export const checkOperatorAccess: Rule = ({ accounts, pools }) => {
  const linodePools = new Map<string, Pool>();
  for (const pool of pools) {
    if (pool.cloud === "linode" && !linodePools.has(pool.account)) linodePools.set(pool.account, pool);
  }
  return accounts.flatMap((account) => [
    ...checkIap(account),
    ...checkSshFrom(account),
    ...checkLinodeLogin(account, linodePools.get(account.id)),
  ]);
};

function checkIap(account: Account): Problem[] {
  if (!account.gcp || account.operators.iap.length > 0) return [];
  return [
    {
      at: atAccount(account),
      path: ["operators", "iap"],
      message:
        "nobody may log in to the Google machines of the account; " +
        "name who may, such as group:ops@acme.example",
      severity: "warning",
    },
  ];
}

function checkSshFrom(account: Account): Problem[] {
  const { sshFrom } = account.operators;
  const path = ["operators", "sshFrom"];
  const networks = sshFrom.flatMap((network, index): Problem[] => {
    const message = networkFault(network);
    return message === undefined ? [] : [{ at: atAccount(account), path: [...path, index], message }];
  });
  if (sshFrom.length <= ADDRESSES_PER_RULE) return networks;
  const message =
    `${sshFrom.length} networks are more than a Linode firewall rule takes; ` +
    `allowed: at most ${ADDRESSES_PER_RULE}; join neighbours to wider networks`;
  return [...networks, { at: atAccount(account), path, message }];
}

function networkFault(network: string): string | undefined {
  const ipv6 = network.includes(":");
  const prefix = Number(network.split("/")[1]);
  const widest = ipv6 ? WIDEST_IPV6 : WIDEST_IPV4;
  if (prefix < widest) {
    return (
      `${quoted(network)} opens SSH to the public; allowed: /${widest} or narrower; ` +
      "name the networks of your office or VPN"
    );
  }
  if (!ipv6 && parseIpv4Network(network).text !== network) {
    const host = `${network.split("/")[0]}/32`;
    return (
      `${quoted(network)} is not the start of a network; allowed: ${quoted(parseIpv4Network(network).text)} ` +
      `for the network, ${quoted(host)} for the one address; write the one you mean`
    );
  }
  return undefined;
}

function checkLinodeLogin(account: Account, pool: Pool | undefined): Problem[] {
  if (!pool) return [];
  const { sshKeys, sshFrom } = account.operators;
  if (Object.keys(sshKeys).length === 0) {
    return [
      {
        at: atAccount(account),
        path: ["operators", "sshKeys"],
        message:
          `pool ${pool.id} runs on Linode, where nobody can ever log in without a key from the start; ` +
          "allowed: at least one key; add the public key of each operator",
      },
    ];
  }
  if (sshFrom.length > 0) return [];
  return [
    {
      at: atAccount(account),
      path: ["operators", "sshFrom"],
      message:
        `pool ${pool.id} runs on Linode, which gets its files and passwords over SSH, and that is closed to everybody; ` +
        "allowed: at least one network; name those of the people who deploy, such as 203.0.113.0/24",
    },
  ];
}
