import type { FieldPath } from "../model/problem";
import { parseYaml } from "./parse-yaml";
import { ProblemList } from "./problem-list";
import { SourceFile } from "./source-file";
import { type MapNode, nodeAt, plainOf, type ScalarNode } from "./yaml-node";

const BYTE_ORDER_MARK = "\ufeff";

/**
 * The text of a file with another value at a path; every other character is as it was, and quotes stay quotes. A key of
 * the outermost map that is not there is added as the last line, or first within braces.
 *
 * @param text as it is on disk
 * @returns undefined when the text cannot be edited so: it is for a person to do
 */
export function editScalar(text: string, path: FieldPath, value: string | number): string | undefined {
  return editYaml(
    text,
    (root, content) => textsWith(content, root, path, value),
    (plain) => withValue(plain, path, value),
  );
}

/**
 * Tries edits of a text until one reads as meant: an edit of text is believed only then.
 *
 * @param propose the texts to try, from the tree and the text without its byte order mark
 * @param meant what the file is to say, from what it says
 */
export function editYaml(
  text: string,
  propose: (root: MapNode, content: string) => readonly string[],
  meant: (plain: unknown) => unknown,
): string | undefined {
  const mark = text.startsWith(BYTE_ORDER_MARK) ? BYTE_ORDER_MARK : "";
  const content = text.slice(mark.length);
  const before = rootOf(content);
  if (!before) return undefined;
  const wanted = canonical(meant(plainOf(before)));
  const edited = propose(before, content).find((candidate) => {
    const after = rootOf(candidate);
    return after && canonical(plainOf(after)) === wanted;
  });
  return edited === undefined ? undefined : mark + edited;
}

/** The offset behind a value as it is written; undefined for a text of many lines, and where escapes are used. */
export function endOf({ offset, text, quoted }: ScalarNode, content: string): number | undefined {
  const start = offset + (quoted ? 1 : 0);
  const end = start + text.length;
  if (content.slice(start, end) !== text) return undefined;
  if (!quoted) return end;
  return /["']/.test(content[offset]!) && content[end] === content[offset] ? end + 1 : undefined;
}

function textsWith(text: string, root: MapNode, path: FieldPath, value: string | number): readonly string[] {
  const node = nodeAt(root, path);
  if (node) {
    const end = node.kind === "scalar" ? endOf(node, text) : undefined;
    if (node.kind !== "scalar" || end === undefined || (node.quoted && typeof value === "number")) return [];
    const quote = node.quoted ? text[node.offset]! : "";
    return spellings(value, quote).map((written) => text.slice(0, node.offset) + written + text.slice(end));
  }
  const [key, ...deeper] = path;
  if (typeof key !== "string" || deeper.length > 0) return [];
  return spellings(value, "").map((written) => withKey(text, root, `${key}: ${written}`));
}

function withKey(text: string, root: MapNode, entry: string): string {
  if (root.flow) return `${text.slice(0, root.offset + 1)} ${entry},${text.slice(root.offset + 1)}`;
  const lineBreak = /\r\n|\n|\r/.exec(text)?.[0] ?? "\n";
  const first = [...root.entries.values()][0]?.keyOffset ?? 0;
  const indentation = /[ ]*$/.exec(text.slice(0, first))![0];
  const end = /(?:\r\n|\n|\r)$/.test(text) ? "" : lineBreak;
  return `${text}${end}${indentation}${entry}${lineBreak}`;
}

/** Ways to write a value, the one to prefer first. */
function spellings(value: string | number, quote: string): readonly string[] {
  if (typeof value === "number") return [String(value)];
  const double = JSON.stringify(value);
  if (quote === '"') return [double];
  return quote === "'" ? [`'${value.replaceAll("'", "''")}'`] : [value, double];
}

/** A copy of plain data with a value at a path. */
function withValue(plain: unknown, [key, ...rest]: FieldPath, value: string | number): unknown {
  if (key === undefined) return value;
  if (Array.isArray(plain))
    return plain.map((item: unknown, index) => (index === key ? withValue(item, rest, value) : item));
  const map = { ...(plain as Record<string, unknown>) };
  return { ...map, [key]: withValue(map[key], rest, value) };
}

function rootOf(text: string): MapNode | undefined {
  const problems = new ProblemList();
  const root = parseYaml(new SourceFile("", "customer", text), problems);
  return problems.all().length === 0 ? root : undefined;
}

/** The same text for the same data, in whichever order its keys are. */
const canonical = (plain: unknown): string =>
  JSON.stringify(plain, (_key, value: unknown) =>
    typeof value === "object" && value !== null && !Array.isArray(value)
      ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
      : value,
  );
