import { type ChildProcess, fork } from "node:child_process";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import type { KeeperSettings } from "../keeper/decide/settings";
import type { PolicyName, Totals } from "../simulate/result";

/** One simulation, as plain data that another process can be sent. */
export interface Job {
  /** Fields of the pool's file, against those of the benchmark's pool. */
  readonly pool: { readonly [field: string]: unknown };
  readonly trace: string;
  readonly policy: PolicyName;
  readonly seed: number;
  readonly keeper?: Partial<KeeperSettings>;
}

/** Runs simulations on all processors; the totals come in the order of the jobs. */
export async function runSimulations(jobs: readonly Job[]): Promise<Totals[]> {
  const totals = new Array<Totals>(jobs.length);
  let next = 0;
  const work = async (): Promise<void> => {
    const child = fork(join(__dirname, "simulation-worker.ts"), { execArgv: ["--import", "tsx"] });
    try {
      while (next < jobs.length) {
        const index = next++;
        totals[index] = await answerOf(child, jobs[index]!);
      }
    } finally {
      child.disconnect();
    }
  };
  await Promise.all(Array.from({ length: Math.min(availableParallelism(), jobs.length) }, work));
  return totals;
}

const answerOf = (child: ChildProcess, job: Job): Promise<Totals> =>
  new Promise((resolve, reject) => {
    const died = (code: number | null): void => reject(new Error(`a simulation ended with code ${code}`));
    child.once("exit", died);
    child.once("message", (totals: Totals) => {
      child.off("exit", died);
      resolve(totals);
    });
    child.send(job);
  });
