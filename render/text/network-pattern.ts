/**
 * A regular expression for the addresses of an IPv4 network, for a place where nginx takes no `geo` block.
 *
 * @param cidr Network in CIDR notation; bits behind the prefix are ignored.
 */
export function networkPattern(cidr: string): string {
  const [address, prefix] = cidr.split("/");
  const bits = Number(prefix);
  const octets = address!.split(".").map(Number);
  const patterns = octets.map((octet, index) => {
    const fixed = Math.min(8, Math.max(0, bits - 8 * index));
    const size = 2 ** (8 - fixed);
    const low = Math.floor(octet / size) * size;
    return octetPattern(low, low + size - 1);
  });
  return `^${patterns.join("[.]")}$`;
}

/** Numbers in decimal, grouped by their tens: `1[0-5]`, `(?:1[6-9]|2[0-9]|3[01])`. */
function octetPattern(low: number, high: number): string {
  if (low === 0 && high === 255) return "[0-9]+";
  const groups: string[] = [];
  for (let ten = Math.floor(low / 10); ten <= Math.floor(high / 10); ten++) {
    const first = Math.max(low, 10 * ten) % 10;
    const last = Math.min(high, 10 * ten + 9) % 10;
    const digits = first === last ? String(first) : `[${first}-${last}]`;
    groups.push(`${ten === 0 ? "" : ten}${digits}`);
  }
  return groups.length === 1 ? groups[0]! : `(?:${groups.join("|")})`;
}
