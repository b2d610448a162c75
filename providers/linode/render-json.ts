const widestLine = 110;

/**
 * JSON for people who read diffs: keys in alphabetical order, a value on one line if it ends within 110
 * characters, otherwise one entry a line. In a provider schema an attribute is one line, and one line of a diff.
 */
export function renderJson(value: unknown): string {
  return `${render(sortKeys(value), "", 0)}\n`;
}

function sortKeys(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sortKeys);
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).map(([key, entry]) => [key, sortKeys(entry)] as const);
  return Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** @param column where the value begins on its line; one more character, a comma, may follow it */
function render(value: unknown, indent: string, column: number): string {
  const flat = JSON.stringify(value);
  if (typeof value !== "object" || value === null || column + flat.length < widestLine) return flat;
  const inner = `${indent} `;
  const lines = Array.isArray(value)
    ? value.map((entry) => inner + render(entry, inner, inner.length))
    : Object.entries(value).map(([key, entry]) => {
        const head = `${inner}${JSON.stringify(key)}: `;
        return head + render(entry, inner, head.length);
      });
  const [open, close] = Array.isArray(value) ? "[]" : "{}";
  return `${open}\n${lines.join(",\n")}\n${indent}${close}`;
}
