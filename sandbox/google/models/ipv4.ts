/** A range of IPv4 addresses: the first one and how many. */
export interface Ipv4Range {
  readonly first: number;
  readonly count: number;
}

/** Reads `10.20.0.0/20`; undefined when it is not a range in this form. */
export function parseRange(cidr: string): Ipv4Range | undefined {
  const match = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})\/(\d{1,2})$/.exec(cidr);
  if (!match) return undefined;
  const [a, b, c, d, prefix] = match.slice(1).map(Number) as [number, number, number, number, number];
  if ([a, b, c, d].some((byte) => byte > 255) || prefix > 32) return undefined;
  const count = 2 ** (32 - prefix);
  const address = a * 2 ** 24 + b * 2 ** 16 + c * 2 ** 8 + d;
  return { first: address - (address % count), count };
}

export const printAddress = (address: number): string =>
  [24, 16, 8, 0].map((shift) => Math.floor(address / 2 ** shift) % 256).join(".");

export const overlap = (a: Ipv4Range, b: Ipv4Range): boolean =>
  a.first < b.first + b.count && b.first < a.first + a.count;

export const contains = (outer: Ipv4Range, inner: Ipv4Range): boolean =>
  inner.first >= outer.first && inner.first + inner.count <= outer.first + outer.count;
