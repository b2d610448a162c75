/**
 * True when a program printed what a page shows. `…` within a line stands for any text, a line of nothing but `…` for
 * any number of lines. Space at the ends of lines does not count.
 */
export function matchesOutput(expected: readonly string[], printed: readonly string[]): boolean {
  const pattern = expected
    .map((line) => (line.trim() === "…" ? "(?:[^\n]*\n)*" : `${asPattern(line.trimEnd())}\n`))
    .join("");
  return new RegExp(`^${pattern}$`).test(printed.map((line) => `${line.trimEnd()}\n`).join(""));
}

const asPattern = (line: string): string =>
  line
    .split("…")
    .map((text) => text.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&"))
    .join("[^\n]*");
