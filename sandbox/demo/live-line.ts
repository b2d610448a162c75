import type { WriteStream } from "node:tty";

/** A line at the bottom of a terminal that is written over; nothing at all where there is no terminal. */
export class LiveLine {
  private isShown = false;

  constructor(private readonly stream: Pick<WriteStream, "write" | "isTTY" | "columns">) {}

  show(text: string): void {
    if (!this.stream.isTTY) return;
    this.stream.write(`\r\u001b[K${text.slice(0, Math.max(20, this.stream.columns - 1))}`);
    this.isShown = true;
  }

  /** Prints a line that stays, in the place of the one that does not. */
  print(text: string): void {
    this.clear();
    this.stream.write(`${text}\n`);
  }

  clear(): void {
    if (this.isShown) this.stream.write("\r\u001b[K");
    this.isShown = false;
  }
}
