import type { Paint } from "./paint";

/** Columns between two cells. */
const GAP = "  ";
/** The last column is never narrower: a line that is too long is better than a tower of words. */
const NARROWEST = 16;

/**
 * Lines of a table under its head. Cells of the last column are wrapped between words so that lines have at most `width`
 * columns, as far as the other cells leave room.
 *
 * @param rows each as long as the head
 */
export function table(
  head: readonly string[],
  rows: readonly (readonly string[])[],
  { width, paint }: { readonly width: number; readonly paint: Paint },
): readonly string[] {
  const last = head.length - 1;
  const widths = head.map((title, index) => Math.max(title.length, ...rows.map((row) => row[index]!.length)));
  const before = widths.slice(0, last).reduce((sum, each) => sum + each + GAP.length, 0);
  const padded = (row: readonly string[]) =>
    row
      .slice(0, last)
      .map((cell, index) => cell.padEnd(widths[index]!) + GAP)
      .join("");
  return [
    paint.bold((padded(head) + head[last]!).trimEnd()),
    ...rows.flatMap((row) => {
      const [first, ...more] = wrapped(row[last]!, Math.max(NARROWEST, width - before));
      return [(padded(row) + first!).trimEnd(), ...more.map((line) => " ".repeat(before) + line)];
    }),
  ];
}

/** Lines of at most `width` characters, broken at spaces; a longer word has a line of its own. */
export function wrapped(text: string, width: number): readonly string[] {
  const lines: string[] = [""];
  for (const word of text.split(" ")) {
    const line = lines.at(-1)!;
    if (line !== "" && line.length + 1 + word.length > width) lines.push(word);
    else lines[lines.length - 1] = line === "" ? word : `${line} ${word}`;
  }
  return lines;
}
