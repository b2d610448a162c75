/** Words as they are, not as Markdown or HTML would read them. */
export const plain = (text: string): string => text.replace(/[\\<*_`|]/g, "\\$&");

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
