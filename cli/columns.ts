/** Lines of a table whose first columns are words, and the others numbers. */
export function columns(rows: readonly (readonly string[])[], words: number): readonly string[] {
  const widths = rows[0]!.map((_, index) => Math.max(...rows.map((row) => row[index]!.length)));
  return rows.map((row) =>
    row
      .map((cell, index) => (index < words ? cell.padEnd(widths[index]!) : cell.padStart(widths[index]!)))
      .join("  ")
      .trimEnd(),
  );
}
