import type { FieldPath } from "../model/problem";
import { editYaml, endOf } from "./edit-scalar";
import { type MapNode, nodeAt } from "./yaml-node";

/**
 * The text of a file with one more item at the end of a list of single values; every other character is as it was.
 *
 * @param item letters, digits and hyphens, such as an id
 * @returns undefined when the text cannot be edited so: it is for a person to do
 */
export function appendItem(text: string, path: FieldPath, item: string): string | undefined {
  return editYaml(
    text,
    (root, content) => textsWith(content, root, path, item),
    (plain) => withItem(plain, path, item),
  );
}

function textsWith(text: string, root: MapNode, path: FieldPath, item: string): readonly string[] {
  const list = nodeAt(root, path);
  const last = list?.kind === "list" ? list.items[list.items.length - 1] : undefined;
  const end = last?.kind === "scalar" ? endOf(last, text) : undefined;
  if (list?.kind !== "list" || !last || end === undefined) return [];
  if (list.flow) return [`${text.slice(0, end)}, ${item}${text.slice(end)}`];
  const lineStart = text.lastIndexOf("\n", last.offset - 1) + 1;
  const lineEnd = /\r\n|\n|$/.exec(text.slice(end))!;
  const behind = end + lineEnd.index;
  const lineBreak = lineEnd[0] || "\n";
  return [text.slice(0, behind) + lineBreak + text.slice(lineStart, last.offset) + item + text.slice(behind)];
}

/** A copy of plain data with one more item in a list. */
function withItem(plain: unknown, [key, ...rest]: FieldPath, item: string): unknown {
  if (key === undefined) return [...(plain as readonly unknown[]), item];
  const map = plain as Record<string, unknown>;
  return { ...map, [key]: withItem(map[key] ?? [], rest, item) };
}
