// Formats of ids, such as `projects/{{project}}/global/networks/{{name}}`.

/** The variables of an id format, in order. */
export const variablesOf = (format: string): string[] =>
  [...format.matchAll(/{{([^}]+)}}/g)].map(([, name]) => name!);

/** An id from its format, or the variable that has no value. */
export function renderId(
  format: string,
  valueOf: (name: string) => string | undefined,
): { readonly id: string } | { readonly missing: string } {
  // Each is asked for once: a value may be a number that is never given again.
  const values = new Map([...new Set(variablesOf(format))].map((name) => [name, valueOf(name)]));
  const missing = [...values].find(([, value]) => value === undefined);
  if (missing) return { missing: missing[0] };
  return { id: format.replace(/{{([^}]+)}}/g, (_, name: string) => values.get(name)!) };
}

/** Variables whose values have slashes of their own. */
const WITH_SLASHES: Readonly<Record<string, string>> = {
  member: ".+",
  role: ".+?",
  service_account_id: ".+?",
};

const patterns = new Map<string, RegExp>();

/** Matches ids of a format; the variables are the groups `v0`, `v1`, … */
export function patternOf(format: string): RegExp {
  const known = patterns.get(format);
  if (known) return known;
  let index = 0;
  const source = format.split(/({{[^}]+}})/).map((part) => {
    if (!part.startsWith("{{")) return part.replace(/[.*+?^$()|[\]\\]/g, "\\$&");
    return `(?<v${index++}>${WITH_SLASHES[part.slice(2, -2)] ?? "[^/ ]+"})`;
  });
  const pattern = new RegExp(`^${source.join("")}$`);
  patterns.set(format, pattern);
  return pattern;
}
