import { parseYaml } from "./parse-yaml";
import { ProblemList } from "./problem-list";
import { SourceFile } from "./source-file";
import { type MapNode, plainOf } from "./yaml-node";

const BYTE_ORDER_MARK = "\ufeff";

/**
 * The text of a customer's file with another number at a key of its outermost map; every other character is as it was.
 * A key that is not there is added as the last line, or first within braces.
 *
 * @param text as it is on disk
 * @returns undefined when the text cannot be edited so: it is for a person to do
 */
export function editNumber(text: string, key: string, value: number): string | undefined {
  const mark = text.startsWith(BYTE_ORDER_MARK) ? BYTE_ORDER_MARK : "";
  const content = text.slice(mark.length);
  const before = rootOf(content);
  const edited = before && edit(content, before, key, value);
  const after = edited === undefined ? undefined : rootOf(edited);
  if (!before || !after || edited === undefined) return undefined;
  // An edit of text is believed only when it reads as meant.
  const meant = { ...(plainOf(before) as object), [key]: value };
  const found = { ...(plainOf(after) as object) };
  return sorted(meant) === sorted(found) ? mark + edited : undefined;
}

function edit(text: string, root: MapNode, key: string, value: number): string | undefined {
  const node = root.entries.get(key);
  if (node) {
    if (node.kind !== "scalar" || node.quoted) return undefined;
    return text.slice(0, node.offset) + String(value) + text.slice(node.offset + node.text.length);
  }
  if (root.flow) return `${text.slice(0, root.offset + 1)} ${key}: ${value},${text.slice(root.offset + 1)}`;
  const lineBreak = /\r\n|\n|\r/.exec(text)?.[0] ?? "\n";
  const first = [...root.entries.values()][0]?.keyOffset ?? 0;
  const indentation = /[ ]*$/.exec(text.slice(0, first))![0];
  const end = /(?:\r\n|\n|\r)$/.test(text) ? "" : lineBreak;
  return `${text}${end}${indentation}${key}: ${value}${lineBreak}`;
}

function rootOf(text: string): MapNode | undefined {
  const problems = new ProblemList();
  const root = parseYaml(new SourceFile("", "customer", text), problems);
  return problems.all().length === 0 ? root : undefined;
}

const sorted = (plain: object): string =>
  JSON.stringify(Object.entries(plain).sort(([a], [b]) => (a < b ? -1 : 1)));
