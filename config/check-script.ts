import { Script } from "node:vm";
import type { ProblemList } from "./problem-list";
import type { SourceFile } from "./source-file";

/**
 * Holds a script against the grammar, without running it: a mistake would break the page for everybody.
 *
 * @param object What the image's own script declares; the customer's is appended to it and adds to the object.
 * @returns false when a problem was reported
 */
export function checkScript(source: SourceFile, object: string, problems: ProblemList): boolean {
  const replaced = new RegExp(`^[ \\t]*var[ \\t]+${object}[ \\t]*=`, "m").exec(source.text);
  if (replaced) {
    const message =
      `declares ${object} anew, which drops every setting of the image; allowed: settings to add, such as ` +
      `${object}.name = value; write them one by one`;
    problems.addFile(source.path, message, source.positionAt(replaced.index));
    return false;
  }
  const before = `var ${object};`;
  try {
    new Script(before + source.text, { filename: "script", columnOffset: -before.length });
    return true;
  } catch (error) {
    const { message, stack = "" } = error as SyntaxError;
    const rule = `not a script (${message}); allowed: JavaScript that browsers read; the page would break for everybody`;
    problems.addFile(source.path, rule, placeOf(stack, before));
    return false;
  }
}

/** V8 says where: `script:<line>`, the line, and a line with ^ below the place. */
function placeOf(stack: string, before: string): { line: number; column: number } {
  const line = Number(/^script:([0-9]+)/.exec(stack)?.[1] ?? 1);
  const mark = stack.split("\n").find((text) => /^ *\^+$/.test(text)) ?? "^";
  const column = mark.indexOf("^") + 1 - (line === 1 ? before.length : 0);
  return { line, column: Math.max(1, column) };
}
