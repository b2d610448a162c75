/** A table in Markdown; columns that hold numbers are set to the right. */
export function markdownTable(
  header: readonly string[],
  rows: readonly (readonly string[])[],
  words: number,
): readonly string[] {
  const line = (cells: readonly string[]) => `| ${cells.join(" | ")} |`;
  return [
    line(header),
    line(header.map((_, column) => (column < words ? "---" : "---:"))),
    ...rows.map(line),
  ];
}
