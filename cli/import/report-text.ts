import { columns } from "../columns";
import { counted } from "../../model/counted";
import type { Added, Entry } from "./draft";
import type { ImportResult } from "./import-result";

interface Table {
  readonly title: string;
  readonly head: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

/** The parts of a report; a part without rows is left out. */
function tablesOf({ taken, changed, dropped, notUnderstood, added }: ImportResult): Table[] {
  const value = (entry: Entry): string => entry.value ?? "";
  const tables: Table[] = [
    {
      title: "Not understood",
      head: ["where", "variable", "why"],
      rows: notUnderstood.map((entry) => [entry.at, entry.variable, entry.why ?? ""]),
    },
    {
      title: "Changed",
      head: ["where", "variable", "value", "to", "written", "why"],
      rows: changed.map((entry) => [
        entry.at,
        entry.variable,
        value(entry),
        entry.to ?? "",
        entry.written ?? "",
        entry.why ?? "",
      ]),
    },
    {
      title: "Taken",
      head: ["where", "variable", "value", "to"],
      rows: taken.map((entry) => [entry.at, entry.variable, value(entry), entry.to ?? ""]),
    },
    {
      title: "Added",
      head: ["to", "value", "from"],
      rows: added.map(({ to, value: added, from }: Added) => [to, added, from]),
    },
    {
      title: "Dropped",
      head: ["where", "variable", "value", "why"],
      rows: dropped.map((entry) => [entry.at, entry.variable, value(entry), entry.why ?? ""]),
    },
  ];
  return tables.filter(({ rows }) => rows.length > 0);
}

/** The report for a terminal. */
export function reportText(result: ImportResult): string {
  const parts = tablesOf(result).map(({ title, rows }) =>
    [`${title}:`, ...columns(rows, rows[0]!.length).map((line) => `  ${line}`), ""].join("\n"),
  );
  if (result.files.length === 0) return parts.join("\n");
  const files = result.files.map((file) => `  ${file}\n`).join("");
  const counts = `${counted(result.files.length, "file")} of ${counted(result.accounts.length, "account")}`;
  const closing = `${counts} ${result.written ? "written" : "would be written"}:\n${files}`;
  return [...parts, closing].join("\n");
}

/** The report as a page of Markdown. */
export function reportMarkdown(result: ImportResult): string {
  const cell = (text: string): string => text.replace(/[\\|`<>*_[\]]/g, (character) => `\\${character}`);
  const row = (cells: readonly string[]): string => `| ${cells.join(" | ")} |`;
  const parts = tablesOf(result).flatMap(({ title, head, rows }) => [
    `## ${title}`,
    "",
    row(head),
    row(head.map(() => "---")),
    ...rows.map((cells) => row(cells.map(cell))),
    "",
  ]);
  return [
    `# Import of ${result.accounts.join(", ")}`,
    "",
    `Read by \`fleet import ${result.source}\`; ${result.written ? "written" : "a dry run, nothing written"}:`,
    "",
    ...result.files.map((file) => `- ${cell(file)}`),
    "",
    ...parts,
  ].join("\n");
}
