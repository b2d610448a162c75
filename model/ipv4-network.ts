/** A range of IPv4 addresses as numbers: `first` and `last` belong to it. */
export interface Ipv4Network {
  readonly first: number;
  readonly last: number;
  /** Bits that all addresses share, 0 to 32. */
  readonly prefix: number;
  /** The range in CIDR notation, with the bits beyond the prefix cleared. */
  readonly text: string;
}

const dotted = (address: number): string =>
  [24, 16, 8, 0].map((shift) => Math.floor(address / 2 ** shift) % 256).join(".");

/**
 * The network that `10.20.0.0/20` names. Bits beyond the prefix are ignored: `10.20.1.7/20` gives the same network,
 * with the text `10.20.0.0/20`. Takes what `ipv4CidrSchema` admits.
 */
export function parseIpv4Network(cidr: string): Ipv4Network {
  const [address, bits] = cidr.split("/") as [string, string];
  const prefix = Number(bits);
  const size = 2 ** (32 - prefix);
  const given = address.split(".").reduce((sum, octet) => sum * 256 + Number(octet), 0);
  const first = given - (given % size);
  return { first, last: first + size - 1, prefix, text: `${dotted(first)}/${prefix}` };
}

export const contains = (outer: Ipv4Network, inner: Ipv4Network): boolean =>
  outer.first <= inner.first && inner.last <= outer.last;

export const overlaps = (a: Ipv4Network, b: Ipv4Network): boolean => a.first <= b.last && b.first <= a.last;
