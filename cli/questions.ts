import { createInterface, type Interface } from "node:readline";
import { sentence } from "./sentence";
import type { Terminal } from "./terminal";

/** Nobody answers: the input has ended, or there is none. The message says what was to be answered. */
export class NoAnswer extends Error {}

/** Asks a person, a line for an answer. Questions go to `err`, so that `out` can be piped. */
export class Questions {
  private readonly lines: Interface | undefined;
  private readonly answers: AsyncIterator<string> | undefined;

  constructor(private readonly terminal: Terminal) {
    if (!terminal.input) return;
    this.lines = createInterface({ input: terminal.input, terminal: false });
    this.answers = this.lines[Symbol.asyncIterator]();
  }

  /** False when each question would end in `NoAnswer`. */
  get canAsk(): boolean {
    return this.answers !== undefined;
  }

  /**
   * The answer without space around it; the default for an empty one. Asks again until `problemOf` finds nothing wrong.
   * @throws NoAnswer
   */
  async ask(
    question: string,
    {
      fallback,
      problemOf = () => undefined,
    }: {
      readonly fallback?: string;
      /** What is wrong with an answer, as a sentence without full stop. */
      readonly problemOf?: (answer: string) => string | undefined;
    } = {},
  ): Promise<string> {
    for (;;) {
      this.terminal.err(`${question}${fallback === undefined ? "" : ` [${fallback}]`}: `);
      const next = await this.answers?.next();
      const hasEnded = !next || next.done === true;
      // What was piped in is not on the screen, and neither is Ctrl-D: the line ends here, as after an answer.
      if (hasEnded || !this.terminal.input?.isTTY) this.terminal.err("\n");
      if (hasEnded) throw new NoAnswer(`${question}: nobody answered`);
      const given = next.value.trim();
      const answer = given === "" && fallback !== undefined ? fallback : given;
      const problem = answer === "" ? "an answer is needed" : problemOf(answer);
      if (problem === undefined) return answer;
      this.terminal.err(`  ${sentence(problem)}\n`);
    }
  }

  /** @throws NoAnswer */
  async confirm(question: string, fallback = false): Promise<boolean> {
    const answer = await this.ask(`${question} (yes/no)`, {
      fallback: fallback ? "yes" : "no",
      problemOf: (given) => (/^(y|yes|n|no)$/i.test(given) ? undefined : "answer yes or no"),
    });
    return /^y/i.test(answer);
  }

  close(): void {
    this.lines?.close();
  }
}
