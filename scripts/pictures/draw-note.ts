import { PAPER, text, widthOf } from "../../simulate/picture/paint";

const SIZE = 13;
const LINE = 20;

/** The Markdown that our notes have: paragraphs, links (without their address) and tables. */
export function drawNote(markdown: string, width: number): string {
  const lines = markdown.split("\n");
  const table = lines.filter((line) => line.startsWith("|"));
  const rows = table.filter((line) => !/^\|[\s|:-]+\|$/.test(line)).map(cellsOf);
  const paragraphs = lines.filter((line) => line !== "" && !line.startsWith("|")).map(plain);
  const wrapped = paragraphs.flatMap((paragraph) => wrap(paragraph, width));
  const above = wrapped.map((line, place) => text(0, (place + 1) * LINE, line, { size: SIZE }));
  return [...above, ...drawTable(rows, wrapped.length + 1)].join("");
}

const cellsOf = (line: string): string[] =>
  line
    .split("|")
    .slice(1, -1)
    .map((cell) => plain(cell.trim()));

const plain = (markdown: string): string =>
  markdown.replace(/\[([^\]]+)\]\([^)]*\)/g, "$1").replace(/[*`]/g, "");

function wrap(paragraph: string, width: number): string[] {
  const lines: string[] = [];
  for (const word of paragraph.split(" ")) {
    const last = lines.at(-1);
    if (last !== undefined && widthOf(`${last} ${word}`, SIZE) < width)
      lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return lines;
}

function drawTable(rows: readonly (readonly string[])[], firstLine: number): string[] {
  const widths = (rows[0] ?? []).map((_, column) =>
    Math.max(...rows.map((row) => widthOf(row[column] ?? "", SIZE) + 24)),
  );
  return rows.flatMap((row, place) => {
    let x = 0;
    return row.map((cell, column) => {
      const at = x;
      x += widths[column]!;
      const head = place === 0 ? { weight: 600, fill: PAPER.faint } : {};
      return text(at, (firstLine + place) * LINE, cell, { size: SIZE, ...head });
    });
  });
}
