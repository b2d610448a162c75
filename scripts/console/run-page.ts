import { matchesOutput } from "./matches-output";
import type { ConsolePage, ConsoleStep } from "./console-page";
import type { Shell } from "./shell";

/** A command that did something else than the page says. */
export interface Difference {
  readonly step: ConsoleStep;
  readonly printed: readonly string[];
  /** Its exit code; a page shows one that is not 0 by `$ echo $?` as the next command. */
  readonly code: number;
}

/**
 * Runs every command of a page in one shell, one after the other, and goes on after a difference.
 *
 * @param onStep called before each command
 */
export async function runPage(
  { steps }: ConsolePage,
  shell: Shell,
  onStep: (step: ConsoleStep) => void = () => undefined,
): Promise<readonly Difference[]> {
  const differences: Difference[] = [];
  let before = 0;
  for (const [index, step] of steps.entries()) {
    onStep(step);
    const asksCode = step.command === "echo $?";
    const { lines, code } = asksCode ? { lines: [String(before)], code: 0 } : await shell.run(step.command);
    const isTold = steps[index + 1]?.command === "echo $?";
    if ((code !== 0 && !isTold) || !matchesOutput(step.expected, lines))
      differences.push({ step, printed: lines, code });
    before = code;
  }
  return differences;
}
