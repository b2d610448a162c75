import { spawn } from "node:child_process";
import { interruptTree } from "./interrupt-tree";
import type { ChildProcess } from "node:child_process";

export interface ProgramOptions {
  readonly cwd: string;
  /** Added to this process's own environment, of which Terraform's settings are left out. */
  readonly env?: Readonly<Record<string, string>>;
  /** Called for each line of either output, as it comes. */
  readonly onLine?: (line: string) => void;
}

export interface ProgramResult {
  /** The exit code; 130 when the program was interrupted. */
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

const INTERRUPTED = 130;

/** Programs under way, so that an interrupted rehearsal can end them in good order and wait for them. */
const running = new Map<ChildProcess, Promise<unknown>>();

/**
 * Runs a program to its end. It has no input, so it cannot ask, and Ctrl-C does not reach it: see
 * `interruptPrograms`.
 * @throws Error when the program cannot be started
 */
export function runProgram(
  program: string,
  args: readonly string[],
  options: ProgramOptions,
): Promise<ProgramResult> {
  const child = spawn(program, args, {
    cwd: options.cwd,
    env: { ...withoutTerraformSettings(process.env), ...options.env },
    stdio: ["ignore", "pipe", "pipe"],
    // A process group of its own: cdktf ends at once on Ctrl-C, and with it the Terraform that writes to it.
    detached: true,
  });
  const finished = new Promise<ProgramResult>((resolve, reject) => {
    const output = { stdout: "", stderr: "" };
    for (const name of ["stdout", "stderr"] as const) {
      let line = "";
      child[name].setEncoding("utf8").on("data", (chunk: string) => {
        output[name] += chunk;
        const lines = (line + chunk).split("\n");
        line = lines.pop()!;
        lines.forEach((each) => options.onLine?.(each));
      });
      child[name].on("end", () => line && options.onLine?.(line));
    }
    child.once("error", reject);
    child.once("close", (code) => resolve({ code: code ?? INTERRUPTED, ...output }));
  });
  running.set(child, finished);
  const forget = (): void => void running.delete(child);
  finished.then(forget, forget);
  return finished;
}

/** TF_WORKSPACE, TF_DATA_DIR, TF_CLI_ARGS… of a person at work would lead a rehearsal to somewhere else. */
export const withoutTerraformSettings = (environment: NodeJS.ProcessEnv): NodeJS.ProcessEnv =>
  Object.fromEntries(Object.entries(environment).filter(([name]) => !name.toUpperCase().startsWith("TF_")));

/** Asks every Terraform under way to stop: it finishes what it began, writes its state and ends. */
export async function interruptPrograms(): Promise<void> {
  await Promise.all([...running.keys()].map((child) => interruptTree(child.pid)));
}

/** Resolves when no program runs any more. */
export async function programsEnded(): Promise<void> {
  await Promise.allSettled([...running.values()]);
}
