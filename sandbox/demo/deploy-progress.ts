import { stripVTControlCharacters } from "node:util";
import { resultIn, type StackResult, stepIn } from "../workspace/terraform-line";

/** What a person hears of. */
export interface ProgressListener {
  /** Work on a stack begins; before that, cdktf initialises all of them. */
  began(stack: string): void;
  /** One more object was made, changed or removed; `total` is what the plan announced. */
  step(stack: string, done: number, total: number, address: string): void;
}

const BEGINNING = /Refreshing state|^Terraform used the selected providers|^No changes/;
const PLAN = /^Plan: (?:\d+ to import, )?(\d+) to add, (\d+) to change, (\d+) to destroy/;

/**
 * Reads the output of `cdktf deploy` and `cdktf destroy` line by line. Under load cdktf drops lines now and then: what
 * is not heard here has happened all the same.
 */
export class DeployProgress {
  /** What Terraform said at the end of each stack, as far as it was heard. */
  readonly results = new Map<string, StackResult>();
  private stack: string | undefined;
  private readonly begun = new Set<string>();
  private done = 0;
  private total = 0;
  private isError = false;
  private readonly errors: string[] = [];

  constructor(
    private readonly stacks: readonly string[],
    private readonly listener: ProgressListener,
  ) {}

  /** What Terraform or cdktf had to say against it, without colours; empty when nothing was heard. */
  get errorText(): string {
    return this.errors.join("\n").trim();
  }

  read(raw: string): void {
    const line = stripVTControlCharacters(raw).trimEnd();
    const named = this.stacks.find((stack) => line.startsWith(`${stack}  `));
    const text = (named === undefined ? line : line.slice(named.length)).trim();
    if (/^\d+ Stacks? (deploying|destroying)/.test(text)) return;
    this.stack = named ?? this.stack;
    if (/^(│ )?(Usage |Type)?Error\b/.test(text)) this.isError = true;
    if (this.isError) this.errors.push(text);
    if (this.stack !== undefined) this.readEvent(this.stack, text);
  }

  private readEvent(stack: string, text: string): void {
    if (BEGINNING.test(text) && !this.begun.has(stack)) {
      this.begun.add(stack);
      [this.done, this.total] = [0, 0];
      this.listener.began(stack);
    }
    const plan = PLAN.exec(text);
    if (plan) this.total = plan.slice(1).reduce((sum, number) => sum + Number(number), 0);
    const step = stepIn(text);
    if (step !== undefined) this.listener.step(stack, (this.done += 1), this.total, step);
    const result = resultIn(text);
    if (result) this.results.set(stack, result);
  }
}
