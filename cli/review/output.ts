import { cpSync, existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { RehearsalProblem } from "../../sandbox/workspace/rehearsal-problem";
import { deployOrder } from "../../rollout/stack-order";
import { differingFiles } from "../deploy/stack-files";
import type { ChangeKind } from "./before-and-after";

interface ManifestStack {
  readonly workingDirectory: string;
}

/** What was synthesized at one time. */
export interface Output {
  /** With manifest.json and stacks/. */
  readonly directory: string;
  readonly stacks: ReadonlyMap<string, ManifestStack>;
}

/** @throws RehearsalProblem when there is no manifest, or it is not one of cdktf */
export function readOutput(directory: string): Output {
  const path = join(directory, "manifest.json");
  try {
    const { stacks } = JSON.parse(readFileSync(path, "utf8")) as {
      readonly stacks: Record<string, ManifestStack>;
    };
    return { directory, stacks: new Map(Object.entries(stacks)) };
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new RehearsalProblem(
      `${path} cannot be read (${reason}): run \`npm run synth\` and commit synthesized/.`,
    );
  }
}

/** The directory of a stack; of one that the output does not have, a path where nothing is. */
export const stackDirectory = ({ directory, stacks }: Output, stack: string): string =>
  join(directory, stacks.get(stack)?.workingDirectory ?? join("stacks", stack));

/** A stack whose files are not the same in two outputs. */
export interface ChangedStack {
  readonly stack: string;
  readonly change: ChangeKind;
}

/** Stacks of which any file is new, gone or different, in the order of a deploy. */
export function changedStacks(base: Output, head: Output): ChangedStack[] {
  const ids = deployOrder([...new Set([...base.stacks.keys(), ...head.stacks.keys()])]);
  return ids.flatMap((stack): ChangedStack[] => {
    if (!base.stacks.has(stack)) return [{ stack, change: "added" }];
    if (!head.stacks.has(stack)) return [{ stack, change: "removed" }];
    const differing = differingFiles(stackDirectory(base, stack), stackDirectory(head, stack));
    return differing.length > 0 ? [{ stack, change: "changed" }] : [];
  });
}

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

/** Copies some stacks of an output, with a manifest that has no other. */
export function copyOutput(output: Output, ids: readonly string[], into: string): void {
  const manifest = JSON.parse(readFileSync(join(output.directory, "manifest.json"), "utf8")) as {
    readonly stacks: object;
  };
  const stacks = Object.fromEntries(Object.entries(manifest.stacks).filter(([id]) => ids.includes(id)));
  mkdirSync(into, { recursive: true });
  writeFileSync(join(into, "manifest.json"), JSON.stringify({ ...manifest, stacks }));
  for (const id of Object.keys(stacks)) {
    const { workingDirectory } = output.stacks.get(id)!;
    cpSync(stackDirectory(output, id), join(into, workingDirectory), { recursive: true });
  }
}
