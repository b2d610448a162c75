/** Ctrl-C, the end of the machine, the end of the terminal or of the connection. */
const SIGNALS = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

/**
 * Ctrl-C and the like, from now until `close`: what runs is asked to stop in good order, and nothing else is begun. A
 * second one changes nothing, because it would make Terraform drop what it began.
 */
export class StopSignal {
  /** Resolves at the first interrupt. */
  readonly happened: Promise<void>;
  private isStopped = false;
  private resolve: () => void = () => undefined;
  private readonly before: readonly NodeJS.SignalsListener[];

  /** @param onFirst called at the first interrupt */
  constructor(private readonly onFirst: () => void) {
    this.happened = new Promise((resolve) => (this.resolve = resolve));
    // The program's own listener ends the process at once.
    this.before = process.listeners("SIGINT") as NodeJS.SignalsListener[];
    process.removeAllListeners("SIGINT");
    for (const signal of SIGNALS) process.on(signal, this.stop);
  }

  get isSet(): boolean {
    return this.isStopped;
  }

  /** The outcome of a wait, or undefined when it is interrupted. */
  orStopped<T>(wait: Promise<T>): Promise<T | undefined> {
    return Promise.race([wait, this.happened.then(() => undefined)]);
  }

  close(): void {
    for (const signal of SIGNALS) process.off(signal, this.stop);
    for (const listener of this.before) process.on("SIGINT", listener);
  }

  private readonly stop = (): void => {
    if (this.isStopped) return;
    this.isStopped = true;
    this.onFirst();
    this.resolve();
  };
}
