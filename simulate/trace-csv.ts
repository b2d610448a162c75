import { quoted } from "../model/quoted";

/** How many people were in calls at a moment, as somebody counted them. */
export interface Count {
  /** Unix time in seconds. */
  readonly time: number;
  readonly participants: number;
  /** undefined where nobody counted them. */
  readonly conferences: number | undefined;
}

/** A place in the file that is not as it must be. */
export interface CsvProblem {
  /** From 1. */
  readonly line: number;
  /** What is wrong, what is allowed, what to do. */
  readonly message: string;
}

/** Counts in the order of their times, two at least; or everything that is wrong with the file. */
export type ParsedCounts =
  | { readonly ok: true; readonly counts: readonly Count[] }
  | { readonly ok: false; readonly problems: readonly CsvProblem[] };

const COLUMNS = ["time", "participants", "conferences"] as const;
type Column = (typeof COLUMNS)[number];

/** More than any pool carries: a larger number is in a wrong column. */
const MOST = 1_000_000;

/** From here on a Unix time is in milliseconds: in seconds it would be the year 5138. */
const MILLISECONDS_FROM = 1e11;

const EXAMPLE = "2026-10-12T08:00:30Z";

/**
 * Reads a CSV file of counts: a header with the columns `time` and `participants`, and `conferences` where it is known,
 * in any order; times as ISO 8601 with a zone, or as Unix time in seconds, each later than the one before.
 */
export function parseTraceCsv(text: string): ParsedCounts {
  const lines = text.replace(/^\ufeff/, "").split(/\r\n|\n|\r/);
  const header = readHeader(lines[0] ?? "");
  if (typeof header === "string") return { ok: false, problems: [{ line: 1, message: header }] };

  const counts: Count[] = [];
  const problems: CsvProblem[] = [];
  for (const [place, row] of lines.entries()) {
    if (place === 0 || row.trim() === "") continue;
    const count = readRow(row, header, counts.at(-1)?.time);
    if (typeof count === "string") problems.push({ line: place + 1, message: count });
    else counts.push(count);
  }
  if (problems.length === 0 && counts.length < 2)
    problems.push({
      line: lines.length,
      message: `counts: ${counts.length}; allowed: at least two rows of them`,
    });
  return problems.length > 0 ? { ok: false, problems } : { ok: true, counts };
}

/** Where each column is, or what is wrong with the header. */
function readHeader(row: string): ReadonlyMap<Column, number> | string {
  const names = cellsOf(row).map((name) => name.toLowerCase());
  const allowed = "the columns time, participants and, if you like, conferences, separated by commas";
  if (names.length === 1 && /[;\t]/.test(row))
    return `the header ${quoted(row)} has no comma; allowed: ${allowed}; save the file with commas`;
  const unknown = names.find((name) => !(COLUMNS as readonly string[]).includes(name));
  if (unknown !== undefined)
    return `column ${quoted(unknown)} is unknown; allowed: ${allowed}; the first line names them: remove others`;
  const twice = names.find((name, place) => names.indexOf(name) !== place);
  if (twice !== undefined) return `column ${twice} is there twice; allowed: ${allowed}`;
  const missing = COLUMNS.slice(0, 2).find((name) => !names.includes(name));
  if (missing !== undefined) return `column ${missing} is missing; allowed: ${allowed}`;
  return new Map(names.map((name, place) => [name as Column, place]));
}

/** One row's count, or what is wrong with it. @param before Time of the row before. */
function readRow(
  row: string,
  header: ReadonlyMap<Column, number>,
  before: number | undefined,
): Count | string {
  const cells = cellsOf(row);
  if (cells.length !== header.size)
    return `${cells.length} cells; allowed: ${header.size}, as in the first line (a number has a point, no comma)`;
  const cell = (column: Column) => cells[header.get(column) ?? -1] ?? "";
  const time = readTime(cell("time"));
  if (typeof time === "string") return time;
  if (before !== undefined && time <= before)
    return `time ${quoted(cell("time"))} is not later than the one before; allowed: rising times; sort the rows, and remove what is there twice`;
  const participants = readNumber("participants", cell("participants"));
  if (typeof participants === "string") return participants;
  const conferences = cell("conferences") === "" ? undefined : readNumber("conferences", cell("conferences"));
  return typeof conferences === "string" ? conferences : { time, participants, conferences };
}

function readTime(cell: string): number | string {
  const allowed = `allowed: such as ${EXAMPLE}, or seconds since 1970 such as ${Date.parse(EXAMPLE) / 1000}`;
  if (/^[0-9]+(?:\.[0-9]+)?$/.test(cell)) {
    const seconds = Number(cell);
    return seconds < MILLISECONDS_FROM
      ? seconds
      : `time ${quoted(cell)} is not in seconds; ${allowed}; divide milliseconds by 1000`;
  }
  const isIso = /^[0-9]{4}-[0-9]{2}-[0-9]{2}[T ][0-9]{2}:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]+)?)?/.exec(cell)?.[0];
  if (isIso === cell) return `time ${quoted(cell)} has no zone; ${allowed}; add Z where it is UTC`;
  const time = isIso === undefined ? NaN : Date.parse(cell.replace(" ", "T"));
  return Number.isNaN(time) ? `time ${quoted(cell)} is no time; ${allowed}` : time / 1000;
}

function readNumber(column: Column, cell: string): number | string {
  const value = /^[0-9]+(?:\.[0-9]+)?(?:e[+-]?[0-9]+)?$/i.test(cell) ? Number(cell) : NaN;
  if (value <= MOST) return value;
  const wayOut = cell === "" ? "; leave the row out where nobody counted" : "";
  return `${column} ${quoted(cell)} is no count; allowed: a number from 0 to ${MOST}${wayOut}`;
}

/** Cells of a row; some programs put them in quotes. */
const cellsOf = (row: string): string[] =>
  row.split(",").map((cell) =>
    cell
      .trim()
      .replace(/^"(.*)"$/, "$1")
      .trim(),
  );
