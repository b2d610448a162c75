import { stripVTControlCharacters } from "node:util";

/** What cdktf draws anew all the time. */
const STATUS = /^\d+ Stacks? (deploying|destroying)|^[⠋⠙⠹⠸⠼⠴⠦⠧⠇⠏] /;

/**
 * Lines of `cdktf deploy` with the stack's name before each: cdktf names it once for several lines. Colours, pictures of
 * progress and empty lines are left out.
 */
export class StackLines {
  private stack = "";

  constructor(private readonly stacks: readonly string[]) {}

  /** Undefined when there is nothing to print. */
  read(raw: string): string | undefined {
    const line = stripVTControlCharacters(raw).trimEnd();
    const title = this.stacks.find((stack) => stack === line.trim());
    // At the end cdktf prints the outputs of each stack below its name.
    if (title !== undefined) {
      this.stack = title;
      return undefined;
    }
    const named = this.stacks.find((stack) => line.startsWith(`${stack}  `));
    if (named !== undefined) this.stack = named;
    const indent = " ".repeat(this.stack.length + 2);
    const text = named !== undefined || line.startsWith(indent) ? line.slice(indent.length) : line;
    if (text.trim() === "" || STATUS.test(text.trim())) return undefined;
    return this.stack === "" ? text : `${this.stack}  ${text}`;
  }
}
