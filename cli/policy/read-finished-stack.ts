import { readFileSync } from "node:fs";
import { join } from "node:path";
import { finishStack } from "../../policies/finish-stack";
import type { FinishedStack } from "../../policies/policy";
import { stackFiles } from "../deploy/stack-files";
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
    files: new Map(
      [...stackFiles(directory)]
        .filter(([path]) => path.startsWith("files/"))
        .map(([path, content]) => [path, content.toString("utf8")]),
    ),
    allowDestroys,
    labelArgumentOf,
  });
}
