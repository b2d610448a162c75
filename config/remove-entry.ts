import type { FieldPath } from "../model/problem";
import { editYaml, endOf } from "./edit-scalar";
import { type MapNode, nodeAt } from "./yaml-node";

/**
 * The text of a file without one value of a map; maps that would be empty then go with it. Every other character is as
 * it was, but for a comment on the same line.
 *
 * @returns undefined when the text cannot be edited so: it is for a person to do
 */
export function removeEntry(text: string, path: FieldPath): string | undefined {
  return editYaml(
    text,
    (root, content) => textsWithout(content, root, path),
    (plain) => without(plain, path),
  );
}

function textsWithout(text: string, root: MapNode, path: FieldPath): readonly string[] {
  const leaf = nodeAt(root, path);
  const end = leaf?.kind === "scalar" ? endOf(leaf, text) : undefined;
  if (!leaf || end === undefined) return [];
  let top = leaf;
  for (let length = path.length - 1; length > 0; length--) {
    const parent = nodeAt(root, path.slice(0, length));
    if (parent?.kind !== "map" || parent.entries.size > 1) break;
    top = parent;
  }
  const start = top.keyOffset ?? 0;
  const lineStart = Math.max(text.lastIndexOf("\n", start - 1), text.lastIndexOf("\r", start - 1)) + 1;
  const lineEnd = /\r\n|\n|\r|$/.exec(text.slice(end))!;
  const behind = end + lineEnd.index + lineEnd[0].length;
  const closers = /^[ }]*/.exec(text.slice(end))![0].length;
  return [
    text.slice(0, lineStart) + text.slice(behind),
    // Within braces, with the comma before or behind it.
    text.slice(0, start).replace(/,[ ]*$/, "") + text.slice(end),
    text.slice(0, start) + text.slice(end).replace(/^[ ]*,[ ]*/, ""),
    text.slice(0, start) + text.slice(end + closers).replace(/^[ ]*,[ ]*/, ""),
  ];
}

/** A copy of plain data without a value, and without the maps that it leaves empty. */
function without(plain: unknown, [key, ...rest]: FieldPath): unknown {
  const map = { ...(plain as Record<string, unknown>) };
  const inner = rest.length > 0 ? without(map[key!], rest) : {};
  const isEmpty = Object.keys(inner as object).length === 0;
  return isEmpty
    ? Object.fromEntries(Object.entries(map).filter(([name]) => name !== key))
    : { ...map, [key!]: inner };
}
