import type { Account } from "../fleet";
import { type Ipv4Network, parseIpv4Network } from "../ipv4-network";
import type { Problem } from "../problem";
import { quoted } from "../quoted";
import { clashProblem } from "./clash";
import { atAccount } from "./entity-ref";
import { oldestFirst } from "./older-account";
import type { Rule } from "./rule";

interface Subnet {
  readonly account: Account;
  readonly region: string;
  readonly network: Ipv4Network;
}

const pathOf = ({ region }: Subnet) => ["gcp", "network", "regions", region];

/**
 * Subnets of two accounts have no address in common. Nothing joins their networks today, but networks that overlap can
 * never be joined (peering, VPN, a monitoring host that sees both), and moving a subnet replaces all that is in it.
 */
export const checkNetworksOfAccounts: Rule = (fleet) => {
  const earlier = new SubnetIndex();
  return oldestFirst(fleet, fleet.accounts, ({ id }) => id).flatMap((account): Problem[] => {
    const own = Object.entries(account.gcp?.network.regions ?? {}).map(([region, cidr]) => ({
      account,
      region,
      network: parseIpv4Network(cidr),
    }));
    const problems = own.flatMap((subnet): Problem[] => {
      const other = earlier.overlapping(subnet.network);
      if (!other) return [];
      return [
        clashProblem(fleet, {
          kind: "range",
          value: subnet.network.text,
          at: atAccount(account),
          path: pathOf(subnet),
          owner: other.account.id,
          ownerAt: atAccount(other.account),
          ownerPath: pathOf(other),
          wrong: `${quoted(subnet.network.text)} overlaps ${other.network.text} of ${other.region} in account ${other.account.id}`,
          wayOut: "allowed: ranges that no other account uses; choose another",
        }),
      ];
    });
    for (const subnet of own) earlier.add(subnet);
    return problems;
  });
};

/** Two networks overlap when one holds the other, so looking up the networks around each is enough. */
class SubnetIndex {
  private readonly exact = new Map<string, Subnet>();
  private readonly inside = new Map<string, Subnet>();

  add(subnet: Subnet): void {
    const { text } = subnet.network;
    if (!this.exact.has(text)) this.exact.set(text, subnet);
    for (const around of networksAround(subnet.network)) {
      if (!this.inside.has(around)) this.inside.set(around, subnet);
    }
  }

  overlapping(network: Ipv4Network): Subnet | undefined {
    for (const around of networksAround(network)) {
      const holder = this.exact.get(around);
      if (holder) return holder;
    }
    return this.inside.get(network.text);
  }
}

/** The network itself and all that hold it, the widest first. */
const networksAround = ({ text, prefix }: Ipv4Network): readonly string[] =>
  Array.from({ length: prefix + 1 }, (_, bits) => parseIpv4Network(`${text.split("/")[0]}/${bits}`).text);
