import { type ChildProcess, fork } from "node:child_process";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import type { KeeperSettings } from "../keeper/decide/settings";
import type { PolicyName, Totals } from "../simulate/result";

/** One simulation, as plain data that another process can be sent. */
export interface Job {
  /** What the pool's file says. */
  readonly pool: { readonly [field: string]: unknown };
  /** Name of a built-in trace. */
  readonly trace: string;
  readonly policy: PolicyName;
  readonly seed: number;
  /** Settings of the keeper to try instead of the pool's. */
  readonly keeper?: Partial<KeeperSettings>;
}

export interface Answer {
  readonly totals: Totals;
  /** Hours of bridges that were drained and not gone yet. */
  readonly drainedHours: number;
  /** Seconds of a processor that the simulation took. */
  readonly seconds: number;
}

/** Runs simulations on all processors; the answers come in the order of the jobs. */
export async function runSimulations(jobs: readonly Job[]): Promise<Answer[]> {
  const answers = new Array<Answer>(jobs.length);
  let next = 0;
  const work = async (): Promise<void> => {
    const child = fork(join(__dirname, "simulation-worker.ts"), { execArgv: ["--import", "tsx"] });
    try {
      while (next < jobs.length) {
        const index = next++;
        answers[index] = await answerOf(child, jobs[index]!);
      }
    } finally {
      if (child.connected) child.disconnect();
    }
  };
  await Promise.all(Array.from({ length: Math.min(availableParallelism(), jobs.length) }, work));
  return answers;
}

const answerOf = (child: ChildProcess, job: Job): Promise<Answer> =>
  new Promise((resolve, reject) => {
    const died = (code: number | null): void =>
      reject(new Error(`the simulation of ${job.policy} on ${job.trace} ended with code ${code}`));
    child.once("exit", died);
    child.once("message", (answer: Answer) => {
      child.off("exit", died);
      resolve(answer);
    });
    child.send(job);
  });
