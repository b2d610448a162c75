/** What people have written is no HTML. */
export const safe = (text: string): string => text.replaceAll("<", "&lt;");

/** A fence that is longer than any in the text. */
export function fenced(text: string, language: string): string[] {
  const longest = Math.max(2, ...(text.match(/`+/g) ?? []).map((ticks) => ticks.length));
  const fence = "`".repeat(longest + 1);
  return [`${fence}${language}`, text, fence, ""];
}

/** Head and rule of a table whose columns are words. */
export const tableHead = (...titles: readonly string[]): string[] => [
  row(...titles),
  row(...titles.map(() => "---")),
];

export const row = (...cells: readonly string[]): string =>
  `| ${cells.map((cell) => cell.replaceAll("|", "\\|")).join(" | ")} |`;
