import { type Ipv4Network, overlaps, parseIpv4Network } from "./ipv4-network";

const WHOLE = parseIpv4Network("10.0.0.0/8");
/** Accounts begin at a /16 each, so that their regions lie beside each other. */
const ACCOUNT_BITS = 16;

/**
 * The next range in 10.0.0.0/8 that nothing uses: behind `after`, or at the first /16 behind everything in use.
 *
 * @param used ranges of all accounts
 * @param prefix bits of the new one, 8 to 29
 * @returns undefined when there is none
 */
export function nextRange(
  used: readonly Ipv4Network[],
  prefix: number,
  after?: Ipv4Network,
): string | undefined {
  const last =
    after?.last ??
    endOfBlock(Math.max(WHOLE.first - 1, ...used.filter(isInWhole).map((network) => network.last)));
  return firstFree(used, prefix, last + 1) ?? firstFree(used, prefix, WHOLE.first);
}

const isInWhole = (network: Ipv4Network): boolean => overlaps(network, WHOLE);

function endOfBlock(address: number): number {
  const size = 2 ** (32 - ACCOUNT_BITS);
  return Math.ceil((address + 1) / size) * size - 1;
}

function firstFree(used: readonly Ipv4Network[], prefix: number, from: number): string | undefined {
  const size = 2 ** (32 - prefix);
  let first = Math.ceil(from / size) * size;
  while (first + size - 1 <= WHOLE.last) {
    const network = { first, last: first + size - 1, prefix, text: "" };
    const taken = used.find((other) => overlaps(other, network));
    if (!taken) return parseIpv4Network(`${octets(first)}/${prefix}`).text;
    first = Math.ceil((taken.last + 1) / size) * size;
  }
  return undefined;
}

const octets = (address: number): string =>
  [24, 16, 8, 0].map((shift) => Math.floor(address / 2 ** shift) % 256).join(".");
