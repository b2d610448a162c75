import type { Log } from "./log";

/** Logs a problem when it begins, when it becomes another one, and when it is over; not in every round. */
export class ProblemLog {
  private told: string | undefined;

  constructor(private readonly log: Log) {}

  tell(problem: string | null): void {
    if (problem === null && this.told !== undefined) this.log("NOTICE", "well-again");
    if (problem !== null && problem !== this.told) this.log("WARNING", "problem", { problem });
    this.told = problem ?? undefined;
  }
}
