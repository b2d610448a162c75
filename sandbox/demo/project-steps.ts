import { runProgram } from "../workspace/run-program";
import { RehearsalProblem } from "../workspace/rehearsal-problem";

/**
 * Runs `fleet check`.
 * @returns its line of success
 * @throws RehearsalProblem with what it printed
 */
export async function checkData(project: string): Promise<string> {
  const { code, stdout, stderr } = await runProgram(process.execPath, ["cli/fleet.js", "check"], {
    cwd: project,
  });
  if (code !== 0) throw new RehearsalProblem(`The data has problems:\n\n${(stderr || stdout).trimEnd()}`);
  return stdout.trim();
}

/**
 * Runs the app, which writes its output directory.
 * @throws RehearsalProblem with what it printed
 */
export async function synthesize(project: string): Promise<void> {
  const { code, stdout, stderr } = await runProgram(process.execPath, ["--import", "tsx", "main.ts"], {
    cwd: project,
  });
  if (code !== 0) throw new RehearsalProblem(`Synthesis failed:\n\n${(stderr || stdout).trimEnd()}`);
}
