import { RehearsalProblem } from "./rehearsal-problem";
import { interruptPrograms } from "./run-program";

/** What a person's Ctrl-C does from now on: programs under way stop in good order, and no other begins. */
export class Interruption {
  private happened = false;

  /** @param onFirst called at the first interrupt, to tell the person */
  constructor(private readonly onFirst: () => void = () => undefined) {
    process.on("SIGINT", this.interrupt).on("SIGTERM", this.interrupt);
  }

  get hasHappened(): boolean {
    return this.happened;
  }

  /** Called between two steps. @throws RehearsalProblem after an interrupt */
  check(): void {
    if (this.happened) throw new RehearsalProblem("Interrupted.");
  }

  /** A second interrupt would make Terraform drop what it began and lose its state: only the first goes on. */
  private readonly interrupt = (): void => {
    if (this.happened) return;
    this.happened = true;
    this.onFirst();
    void interruptPrograms();
  };
}
