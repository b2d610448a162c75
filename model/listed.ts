/** `a, b, c`, or `a, b, c and 12 more`: names at a length that can be read. */
export function listed(names: Iterable<string>, atMost = 8): string {
  const all = [...names];
  if (all.length <= atMost) return all.join(", ");
  return `${all.slice(0, atMost).join(", ")} and ${all.length - atMost} more`;
}
