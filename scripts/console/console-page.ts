/** One command of a page, and what it prints. */
export interface ConsoleStep {
  /** Line of the page on which the command stands, from 1. */
  readonly line: number;
  /** What the shell gets; the lines of a here-document are joined by line breaks. */
  readonly command: string;
  /** Lines that follow it on the page. `…` stands for any text; a line of nothing but `…` for any lines. */
  readonly expected: readonly string[];
}

/** A page that is cut at its console blocks. */
export interface ConsolePage {
  readonly steps: readonly ConsoleStep[];
  /** The page with other outputs; steps that are missing keep theirs. */
  readonly withOutputs: (outputs: ReadonlyMap<ConsoleStep, readonly string[]>) => string;
}

const FENCE = "```console";

/**
 * Reads a Markdown page whose blocks of language `console` are what a person types and sees: `$ ` begins a command, `> `
 * goes on with it, every other line is output.
 *
 * @throws Error when a block begins with output, or does not end
 */
export function parseConsolePage(text: string): ConsolePage {
  /** Lines of the page as they are, or the step whose output stands there. */
  const parts: (string | ConsoleStep)[] = [];
  const steps: ConsoleStep[] = [];
  let isInside = false;
  let step: { line: number; command: string; expected: string[] } | undefined;
  const finish = (): void => {
    if (step) {
      steps.push(step);
      parts.push(step);
    }
    step = undefined;
  };
  text.split("\n").forEach((line, index) => {
    if (!isInside) {
      isInside = line === FENCE;
      parts.push(line);
    } else if (line === "```") {
      finish();
      isInside = false;
      parts.push(line);
    } else if (line.startsWith("$ ")) {
      finish();
      step = { line: index + 1, command: line.slice(2), expected: [] };
      parts.push(line);
    } else if (!step) {
      throw new Error(`line ${index + 1}: a console block begins with a command, "$ …"`);
    } else if (/^>( |$)/.test(line) && step.expected.length === 0) {
      step.command += `\n${line.slice(2)}`;
      parts.push(line);
    } else {
      step.expected.push(line);
    }
  });
  if (isInside) throw new Error("the last console block does not end");
  return {
    steps,
    withOutputs: (outputs) =>
      parts
        .flatMap((part) => (typeof part === "string" ? [part] : (outputs.get(part) ?? part.expected)))
        .join("\n"),
  };
}
