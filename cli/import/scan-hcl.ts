/** Where something is written in a text of HCL: `from` to before `to`, in UTF-16 units. */
export interface HclPlace {
  /** Line, from 1. */
  readonly line: number;
  readonly from: number;
  readonly to: number;
}

export interface HclScan {
  readonly places: ReadonlyMap<string, HclPlace>;
  /** False for brackets, or texts within texts, nested deeper than any variables; a parser could fall over them. */
  readonly isShallow: boolean;
}

/** Deeper than any variable is nested. */
const DEEPEST = 64;

interface Open {
  readonly path: string;
  readonly closer: string;
  /** Name that this bracket belongs to, with the beginning of that name. */
  readonly name: string | undefined;
  readonly start: number;
  readonly line: number;
}

const NAME =
  /(?:"([\w-]+)"|([A-Za-z_][\w-]*))[ \t]*(?:(=(?![=>])|:)[ \t]*|((?:[ \t]*"[^"\n]*")*)[ \t]*(?=\{))/y;
const CLOSERS: Readonly<Record<string, string>> = { "{": "}", "[": "]", "(": ")" };

/**
 * Where the attributes and blocks of a text of HCL are written, by their path: `region`, `inputs.region`. The parser
 * keeps no lines, so this walks over comments, texts and brackets and looks at names only; values are the parser's. Of a
 * path that is there twice the first counts.
 */
export function scanHcl(text: string): HclScan {
  const places = new Map<string, HclPlace>();
  const open: Open[] = [];
  let [line, at, pending]: [number, number, string | undefined] = [1, 0, undefined];
  let [atStatement, isShallow] = [true, true];
  let [start, startLine] = [0, 1];
  const path = (): string => open.at(-1)?.path ?? "";

  const remember = (name: string, from: number, fromLine: number, to: number): void => {
    if (!places.has(name)) places.set(name, { line: fromLine, from, to });
  };
  while (at < text.length) {
    const character = text[at]!;
    if (open.length > DEEPEST) return { places, isShallow: false };
    const skip = skippedAt(text, at);
    if (skip < 0) {
      isShallow = false;
      break;
    }
    const inList = open.at(-1)?.closer === "]" || open.at(-1)?.closer === ")";
    if (atStatement && !inList) {
      NAME.lastIndex = at;
      const match = NAME.exec(text);
      if (match) {
        pending = `${path() === "" ? "" : `${path()}.`}${match[1] ?? match[2]!}`;
        [start, startLine] = [at, line];
        remember(pending, at, line, at + match[0].length);
        at += match[0].length;
        atStatement = false;
        continue;
      }
    }
    if (skip > at) {
      line += count(text.slice(at, skip), "\n");
      at = skip;
      if (character === '"') atStatement = false;
      continue;
    }
    if (character === "\n") line++;
    if (character === "\n" || character === ",") {
      atStatement = true;
      if (character === "\n" && open.length === 0) pending = undefined;
    } else if (CLOSERS[character] !== undefined) {
      open.push({
        path: pending ?? path(),
        closer: CLOSERS[character],
        name: pending,
        start,
        line: startLine,
      });
      pending = undefined;
      atStatement = true;
    } else if (open.length > 0 && character === open.at(-1)!.closer) {
      const closed = open.pop()!;
      if (closed.name !== undefined)
        places.set(closed.name, {
          line: places.get(closed.name)?.line ?? closed.line,
          from: closed.start,
          to: at + 1,
        });
    } else if (!/\s/.test(character)) atStatement = false;
    at++;
  }
  return { places, isShallow };
}

const count = (text: string, part: string): number => text.split(part).length - 1;

/** The end of a comment, text or heredoc that begins here; the same offset where none does, -1 for one too deep. */
function skippedAt(text: string, at: number): number {
  const rest = text.slice(at, at + 2);
  const before = (found: number, length: number): number => (found < 0 ? text.length : found + length);
  if (rest[0] === "#" || rest === "//") return before(text.indexOf("\n", at), 0);
  if (rest === "/*") return before(text.indexOf("*/", at + 2), 2);
  if (rest[0] === '"') return endOfText(text, at);
  if (rest === "<<") {
    const heredoc = /<<-?([A-Za-z_]\w*)\r?\n/y;
    heredoc.lastIndex = at;
    const match = heredoc.exec(text);
    if (!match) return at;
    const end = new RegExp(`^[ \\t]*${match[1]!}[ \\t]*\\r?$`, "m").exec(text.slice(heredoc.lastIndex));
    return end ? heredoc.lastIndex + end.index + end[0].length : text.length;
  }
  return at;
}

/** Behind the closing quote; -1 when texts within `${…}` within texts go too deep. */
function endOfText(text: string, at: number, nesting = 0): number {
  if (nesting > DEEPEST) return -1;
  let depth = 0;
  for (let index = at + 1; index < text.length; index++) {
    const character = text[index]!;
    if (character === "\\") index++;
    else if (/[$%]/.test(character) && text[index + 1] === "{" && text[index - 1] !== character) depth++;
    else if (depth > 0 && character === '"') {
      const end = endOfText(text, index, nesting + 1);
      if (end < 0) return -1;
      index = end - 1;
    } else if (depth > 0 && character === "}") depth--;
    else if (depth === 0 && (character === '"' || character === "\n"))
      return character === '"' ? index + 1 : index;
  }
  return text.length;
}
