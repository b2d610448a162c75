import { appendFileSync, closeSync, existsSync, fstatSync, openSync, readSync, rmSync } from "node:fs";
import { join } from "node:path";
import { StringDecoder } from "node:string_decoder";

/** Follows the file with every line that Terraform prints while it applies one stack. */
export class StackLog {
  private readonly path: string;
  private position = 0;
  private rest = "";
  private readonly decoder = new StringDecoder("utf8");

  /** Removes what an earlier run has left. */
  constructor(directory: string, stack: string) {
    this.path = join(directory, `${stack}.log`);
    rmSync(this.path, { force: true });
  }

  /** Whole lines that came since the last call. */
  newLines(): string[] {
    const lines = (this.rest + this.newText()).split("\n");
    this.rest = lines.pop()!;
    return lines;
  }

  /** What is left when nobody writes any more, with a last line that does not end. */
  lastLines(): string[] {
    const lines = [...this.newLines(), ...(this.rest === "" ? [] : [this.rest])];
    this.rest = "";
    return lines;
  }

  /** What was said about the stack and not by its Terraform. */
  append(text: string): void {
    appendFileSync(this.path, text, { mode: 0o600 });
  }

  private newText(): string {
    if (!existsSync(this.path)) return "";
    const file = openSync(this.path, "r");
    try {
      const buffer = Buffer.alloc(Math.max(0, fstatSync(file).size - this.position));
      const length = readSync(file, buffer, 0, buffer.length, this.position);
      this.position += length;
      return this.decoder.write(buffer.subarray(0, length));
    } finally {
      closeSync(file);
    }
  }
}
