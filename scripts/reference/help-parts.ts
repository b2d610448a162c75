import type { EventEmitter } from "node:events";
import type { Command } from "commander";

/** What stands behind the options in a command's help. */
export interface HelpParts {
  /** Command lines, as they would be typed. */
  readonly examples: readonly string[];
  /** Paragraphs between the examples and the exit codes; one that begins with a blank is a table, and keeps its columns. */
  readonly notes: readonly string[];
  /** `Ends with 0, with 1 when …`; undefined when it is not said. */
  readonly exitCodes: string | undefined;
}

export function helpParts(command: Command): HelpParts {
  let text = "";
  // What `addHelpText` has added, without the rest of the help; a command is an emitter, which its type does not say.
  const emitter = command as unknown as EventEmitter;
  emitter.emit("afterHelp", { error: false, command, write: (part: string) => (text += part) });
  const paragraphs = text
    .split(/\n{2,}/)
    .map((paragraph) => paragraph.replace(/^\n+/, "").trimEnd())
    .filter((paragraph) => paragraph !== "");
  const isExamples = (paragraph: string) => paragraph.startsWith("Examples:\n");
  const isExitCodes = (paragraph: string) => /^Ends? with 0\b/.test(paragraph);
  return {
    examples: paragraphs
      .filter(isExamples)
      .flatMap((paragraph) => paragraph.split("\n").slice(1))
      .map((line) => line.trim()),
    notes: paragraphs.filter((paragraph) => !isExamples(paragraph) && !isExitCodes(paragraph)),
    exitCodes: paragraphs.find(isExitCodes),
  };
}
