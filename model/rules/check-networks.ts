import { COMPOSE_NETWORK } from "../compose-network";
import { contains, overlaps, parseIpv4Network } from "../ipv4-network";
import type { Ipv4Network } from "../ipv4-network";
import type { Problem } from "../problem";
import { quoted } from "../quoted";
import { atAccount } from "./entity-ref";
import type { Rule } from "./rule";

/** RFC 1918 and RFC 6598: what Google Cloud takes for a subnet and nobody reaches from outside. */
const PRIVATE = ["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "100.64.0.0/10"].map(parseIpv4Network);

/** Ranges that machines of this project use inside themselves: a subnet there could not be reached from a container. */
const TAKEN = [
  { network: parseIpv4Network("172.17.0.0/16"), by: "Docker's own containers" },
  { network: parseIpv4Network(COMPOSE_NETWORK), by: "the containers of a server" },
];

/** Largest that makes sense and smallest that Google Cloud takes. */
const WIDEST = 8;
const NARROWEST = 29;

/**
 * The ranges of an account's subnets: real networks, private, of a sensible size, apart from each other and from what
 * machines use inside. Those of two accounts: check-networks-of-accounts.ts.
 */
export const checkNetworks: Rule = ({ accounts }) =>
  accounts.flatMap((account) => {
    const earlier: { readonly region: string; readonly network: Ipv4Network }[] = [];
    return Object.entries(account.gcp?.network.regions ?? {}).flatMap(([region, cidr]): Problem[] => {
      const network = parseIpv4Network(cidr);
      const message = fault(cidr, network);
      const other = earlier.find((candidate) => overlaps(candidate.network, network));
      earlier.push({ region, network });
      const overlap =
        other &&
        `${quoted(cidr)} overlaps ${other.network.text} of ${other.region}; ` +
          "allowed: ranges without a common address; choose another";
      const found = message ?? overlap;
      return found === undefined
        ? []
        : [{ at: atAccount(account), path: ["gcp", "network", "regions", region], message: found }];
    });
  });

function fault(cidr: string, network: Ipv4Network): string | undefined {
  if (network.text !== cidr) {
    return `${quoted(cidr)} is not the start of a network; allowed: ${quoted(network.text)}; write that`;
  }
  if (network.prefix < WIDEST || network.prefix > NARROWEST) {
    const wrong = network.prefix < WIDEST ? "too wide" : "too narrow";
    return (
      `${quoted(cidr)} is ${wrong} for a subnet; allowed: /${WIDEST} to /${NARROWEST}; ` +
      "choose one, such as /20 for 4092 machines"
    );
  }
  if (!PRIVATE.some((range) => contains(range, network))) {
    const ranges = PRIVATE.map(({ text }) => text).join(", ");
    return `${quoted(cidr)} is not private; allowed: ranges inside ${ranges}; choose one`;
  }
  const taken = TAKEN.find((candidate) => overlaps(candidate.network, network));
  if (taken) {
    return (
      `${quoted(cidr)} overlaps ${taken.network.text}, which ${taken.by} use; ` +
      "allowed: ranges that machines do not use inside; choose another, such as one in 10.0.0.0/8"
    );
  }
  return undefined;
}
