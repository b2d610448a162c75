import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { deployOrder } from "../../rollout/stack-order";
import { type Output, stackDirectory } from "./output";

/**
 * What comes before a stack, as it was synthesized: in terragrunt.hcl beside it (render/terragrunt-file.ts). Today's
 * accounts say nothing about a base, and cdktf's manifest knows no needs, because stacks know one another by name.
 */
function needsOf(directory: string): string[] {
  const path = join(directory, "terragrunt.hcl");
  if (!existsSync(path)) return [];
  return [...readFileSync(path, "utf8").matchAll(/^\s*"\.\.\/([^"]+)",$/gm)].map(([, id]) => id!);
}

/** Stacks with all that must be deployed before them, in the order of a deploy. */
export function withNeeds(output: Output, ids: readonly string[]): string[] {
  const found = new Set<string>();
  const add = (id: string): void => {
    if (found.has(id) || !output.stacks.has(id)) return;
    found.add(id);
    needsOf(stackDirectory(output, id)).forEach(add);
  };
  ids.forEach(add);
  return deployOrder([...found]);
}
