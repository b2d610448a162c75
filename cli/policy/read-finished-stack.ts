import { readdirSync, readFileSync } from "node:fs";
import { join, relative, sep } from "node:path";
import { finishStack } from "../../policies/finish-stack";
import type { FinishedStack } from "../../policies/policy";
import { labelArgumentOf } from "./label-argument";

/**
 * A stack as it lies in the output of synthesis, as policies look at it.
 *
 * @param stacks directory with a directory per stack, such as `synthesized/stacks`
 * @param allowDestroys whether the data says that what holds state may go
 * @returns undefined when the stack is not there
 */
export function readFinishedStack(
  stacks: string,
  { id, allowDestroys }: Pick<FinishedStack, "id" | "allowDestroys">,
): FinishedStack | undefined {
  const directory = join(stacks, id);
  let text: string;
  try {
    text = readFileSync(join(directory, "cdk.tf.json"), "utf8");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw error;
  }
  return finishStack({
    id,
    terraform: JSON.parse(text) as Record<string, unknown>,
    files: new Map(filesBelow(directory, join(directory, "files"))),
    allowDestroys,
    labelArgumentOf,
  });
}

function filesBelow(root: string, directory: string): [path: string, text: string][] {
  let entries;
  try {
    entries = readdirSync(directory, { withFileTypes: true });
  } catch {
    return []; // a stack without machines has none
  }
  return entries.flatMap((entry): [string, string][] => {
    const path = join(directory, entry.name);
    if (entry.isDirectory()) return filesBelow(root, path);
    return entry.isFile() ? [[relative(root, path).split(sep).join("/"), readFileSync(path, "utf8")]] : [];
  });
}
