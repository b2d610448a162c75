import { rmSync } from "node:fs";
import { join } from "node:path";
import { runProgram } from "../../sandbox/workspace/run-program";
import { DeployProblem } from "./deployer";
import { differingFiles } from "./stack-files";

export interface ReviewedOptions {
  readonly accounts: string;
  /** The committed output. */
  readonly synthesized: string;
  /** Where the data are synthesized to; emptied first. */
  readonly scratch: string;
  /** With main.ts. */
  readonly project: string;
}

/** Files that a message names. */
const NAMED = 5;

/**
 * Synthesizes stacks anew and compares them with the committed output: what is deployed is what was reviewed.
 * @throws DeployProblem when the data cannot be synthesized, or give other files
 */
export async function checkReviewed(
  stacks: readonly string[],
  { accounts, synthesized, scratch, project }: ReviewedOptions,
): Promise<void> {
  rmSync(scratch, { recursive: true, force: true });
  try {
    const { code, stderr } = await runProgram(process.execPath, ["--import", "tsx", "main.ts"], {
      cwd: project,
      env: { FLEET_STACKS: stacks.join(" "), FLEET_ACCOUNTS: accounts, CDKTF_OUTDIR: scratch },
    });
    if (code !== 0) throw new DeployProblem(`The data cannot be synthesized:\n\n${stderr.trimEnd()}`);
    const differing = stacks.flatMap((stack) =>
      differingFiles(join(scratch, "stacks", stack), join(synthesized, "stacks", stack)).map(
        (path) => `synthesized/stacks/${stack}/${path}`,
      ),
    );
    if (differing.length > 0) throw new DeployProblem(notReviewed(differing));
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

function notReviewed(differing: readonly string[]): string {
  const more = differing.length > NAMED ? [`… (${differing.length} files in all)`] : [];
  const listed = [...differing.slice(0, NAMED), ...more].map((line) => `  ${line}`).join("\n");
  return (
    `What the accounts say is not what synthesized/ holds:\n\n${listed}\n\n` +
    "Run `npm run synth`, review and commit what it changes, and begin again: what is deployed is what was reviewed."
  );
}
