/** Words as they are, not as Markdown or HTML would read them; what stands in backquotes stays code. */
export const plain = (text: string): string =>
  text
    .split(/(`[^`]+`)/)
    .map((part, index) => (index % 2 === 1 ? code(part.slice(1, -1)) : part.replace(/[\\<*_`|]/g, "\\$&")))
    .join("");

/** A code span; in a table a bar would end the cell. */
export const code = (text: string): string => `\`${text.replaceAll("|", "\\|")}\``;

/** Rows under a head; columns that are empty in every row are left out. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): readonly string[] {
  const kept = head.map((_, column) => rows.some((row) => row[column] !== ""));
  const line = (cells: readonly string[]) => `| ${cells.filter((_, column) => kept[column]).join(" | ")} |`;
  return [line(head), line(head.map(() => "---")), ...rows.map(line)];
}

/** The anchor that GitHub gives a heading. */
export const anchorOf = (heading: string): string =>
  heading
    .toLowerCase()
    .replace(/[^\p{L}\p{N} _-]/gu, "")
    .replaceAll(" ", "-");
