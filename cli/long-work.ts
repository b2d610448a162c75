import { Progress } from "./progress";
import type { Terminal } from "./terminal";

/**
 * Steps of work that cannot be looked into; which one is under way is on the screen once they took a second altogether.
 * What passes between them, such as a person's thinking, does not count.
 */
export class LongWork {
  private spent = 0;
  private readonly progress: Progress;

  constructor(
    terminal: Terminal,
    private readonly now: () => number = () => performance.now(),
  ) {
    this.progress = new Progress(terminal, () => this.spent);
  }

  /** The result of a step; nothing of it stays on the screen. */
  step<T>(text: string, work: () => T): T {
    const begun = this.now();
    this.progress.show(text);
    try {
      return work();
    } finally {
      this.spent += this.now() - begun;
      this.progress.clear();
    }
  }
}
