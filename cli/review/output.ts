import { cpSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { RehearsalProblem } from "../../sandbox/workspace/rehearsal-problem";

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
