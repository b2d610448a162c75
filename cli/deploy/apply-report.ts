import { countPlan, type PlannedChange } from "../../rollout/judge-plan";
import { resultIn, type StackResult, stepIn } from "../../sandbox/workspace/terraform-line";
import { ageText } from "../keeper/duration";
import type { ApplyListener, Purpose, StackEnd } from "./deployer";
import type { Plans } from "./plan-stacks";
import { counted } from "../../model/counted";

export interface ApplyReportOptions {
  readonly purpose: Purpose;
  /** Every line is printed as it comes. */
  readonly verbose: boolean;
  /** Prints what stays. */
  readonly say: (text: string) => void;
  /** Shows what is under way. */
  readonly show: (text: string) => void;
  /** Milliseconds. */
  readonly now: () => number;
}

/** Where the outputs of a stack end, when Terraform had something to remark. */
const REMARK = /^(╷|Warning:|Error:)/;

/**
 * What a person sees of some stacks that are applied together: a line when each begins, one when it ends, with what it
 * did and its outputs; between them, on a screen, Terraform's last line.
 */
export class ApplyReport implements ApplyListener {
  private readonly begun: number;
  private readonly width: number;
  private readonly total: number;
  private done = 0;
  private readonly results = new Map<string, StackResult>();
  /** What stands below `Outputs:`, by stack. */
  private readonly outputs = new Map<string, string[]>();
  /** Stacks whose outputs are being printed. */
  private readonly inOutputs = new Set<string>();

  constructor(
    stacks: readonly string[],
    plans: Plans,
    private readonly options: ApplyReportOptions,
  ) {
    this.begun = options.now();
    this.width = Math.max(...stacks.map(({ length }) => length));
    this.total = stacks.reduce((sum, stack) => sum + stepsOf(plans.get(stack) ?? []), 0);
    for (const stack of stacks) this.print(stack, `${VERBS[options.purpose].doing} …`);
  }

  line(stack: string, text: string): void {
    if (this.options.verbose && text.trim() !== "") this.options.say(`  ${stack}  ${text}\n`);
    this.read(stack, text);
    if (text.trim() !== "") this.options.show(`${this.done}/${this.total}  ${stack}  ${text.trim()}`);
  }

  ended(stack: string, { end }: StackEnd): void {
    if (end === "not begun") return this.print(stack, "not begun");
    const time = `(${ageText((this.options.now() - this.begun) / 1000)})`;
    if (end === "failed") return this.print(stack, `failed  ${time}`);
    const { said, counts } = VERBS[this.options.purpose];
    const result = this.results.get(stack);
    this.print(stack, `${said}${result ? `: ${counts(result)}` : ""}  ${time}`);
    if (this.options.verbose) return; // they are among the lines
    for (const text of this.outputs.get(stack) ?? []) this.options.say(`    ${text}\n`);
  }

  private read(stack: string, text: string): void {
    if (stepIn(text) !== undefined) this.done += 1;
    const result = resultIn(text);
    if (result) this.results.set(stack, result);
    if (REMARK.test(text)) this.inOutputs.delete(stack);
    else if (text === "Outputs:") {
      this.inOutputs.add(stack);
      this.outputs.set(stack, []);
    } else if (this.inOutputs.has(stack) && text.trim() !== "") this.outputs.get(stack)?.push(text);
  }

  private print(stack: string, text: string): void {
    this.options.say(`  ${stack.padEnd(this.width)}  ${text}\n`);
  }
}

const VERBS: Readonly<
  Record<Purpose, { doing: string; said: string; counts: (result: StackResult) => string }>
> = {
  deploy: {
    doing: "deploying",
    said: "deployed",
    counts: ({ added, changed, destroyed }) => `${added} added, ${changed} changed, ${destroyed} destroyed`,
  },
  destroy: {
    doing: "destroying",
    said: "destroyed",
    counts: ({ destroyed }) => counted(destroyed, "object"),
  },
};

/** Lines in which Terraform will say that something is complete: a replacement has two. */
function stepsOf(changes: readonly PlannedChange[]): number {
  const { add, change, replace, destroy } = countPlan(changes);
  return add + change + 2 * replace + destroy;
}
