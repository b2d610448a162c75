import type { Terminal } from "./terminal";

/** Work that ends sooner shows nothing. */
const PATIENCE_MILLISECONDS = 1000;
const DEFAULT_COLUMNS = 100;

/**
 * One line on the screen of `err` that says what is under way, from one second on; nothing where `err` is no screen.
 * Whoever prints something that stays calls `clear` first; the next `show` brings the line back.
 */
export class Progress {
  private readonly begun: number;
  private isShown = false;

  constructor(
    private readonly terminal: Terminal,
    private readonly now: () => number = () => performance.now(),
  ) {
    this.begun = now();
  }

  show(text: string): void {
    if (!this.terminal.errIsScreen || this.now() - this.begun < PATIENCE_MILLISECONDS) return;
    const columns = this.terminal.columns ?? DEFAULT_COLUMNS;
    this.terminal.err(`\r\u001b[K${text.slice(0, Math.max(20, columns - 1))}`);
    this.isShown = true;
  }

  clear(): void {
    if (this.isShown) this.terminal.err("\r\u001b[K");
    this.isShown = false;
  }
}
