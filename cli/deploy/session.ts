import { dirname, join, relative, resolve } from "node:path";
import { lockDirectory } from "../../sandbox/workspace/directory-lock";
import { RehearsalProblem } from "../../sandbox/workspace/rehearsal-problem";
import { Progress } from "../progress";
import { PROJECT } from "../project";
import { NoAnswer, Questions } from "../questions";
import { EXIT, type ExitCode, type Terminal } from "../terminal";
import { whileWaiting } from "../while-waiting";
import { checkOverrides } from "./check-overrides";
import { checkReviewed } from "./check-reviewed";
import { cloudGround } from "./cloud-ground";
import { CalledWrongly, type Deployer, DeployProblem } from "./deployer";
import { PlannedDeployer } from "./planned-deployer";
import { rehearsalGround } from "./rehearsal-ground";
import { RolloutFile } from "./rollout-file";
import { StopSignal } from "./stop-signal";

export interface SessionOptions {
  /** Directory of the accounts; `synthesized/`, `.fleet/` and `.rehearsal/` are beside it. */
  readonly accounts: string;
  /** On pretended clouds. */
  readonly rehearse: boolean;
  /** Stacks that are planned or deployed at a time. */
  readonly parallelism: number;
  /** Results are one JSON object: everything else goes to `err`. */
  readonly json: boolean;
  /** Every line of Terraform is printed. */
  readonly verbose: boolean;
  /** Nothing is asked. */
  readonly yes: boolean;
  /** Opens the way to the clouds. @default compares the data with the committed output, then the real or pretended ones */
  readonly open?: (stacks: readonly string[]) => Promise<Deployer>;
}

/** A person pressed Ctrl-C; nothing else is begun. */
export class Stopped extends Error {}

/** What a deploy and a destroy have in common: one directory, one deployer, one person. */
export class Session {
  readonly stop: StopSignal;
  readonly progress: Progress;
  readonly file: RolloutFile;
  readonly synthesized: string;
  private readonly home: string;
  private readonly root: string;
  private readonly questions: Questions;
  private readonly unlock: () => void;
  private opened: Deployer | undefined;

  /** @throws RehearsalProblem when another process deploys here */
  constructor(
    private readonly terminal: Terminal,
    readonly options: SessionOptions,
  ) {
    this.root = dirname(resolve(options.accounts));
    this.synthesized = join(this.root, "synthesized");
    this.home = options.rehearse ? join(this.root, ".rehearsal", "rollout") : join(this.root, ".fleet");
    this.file = new RolloutFile(join(this.home, "rollout.json"), options);
    // First: it may throw, and what follows must be closed.
    this.unlock = lockDirectory(this.home, "deploying");
    this.progress = new Progress(terminal);
    this.questions = new Questions(terminal);
    this.stop = new StopSignal(() => {
      this.note("\nInterrupted: what runs finishes what it began, and nothing else begins …\n");
      void this.opened?.interrupt();
    });
  }

  get deployer(): Deployer {
    if (!this.opened) throw new Error("the deployer is asked for before it is open");
    return this.opened;
  }

  /** Prints what stays: to `out`, or to `err` where `out` is for machines. */
  say(text: string): void {
    this.progress.clear();
    (this.options.json ? this.terminal.err : this.terminal.out)(text);
  }

  /** Prints to `err`. */
  note(text: string): void {
    this.progress.clear();
    this.terminal.err(text);
  }

  /** The file with every line of a stack's last apply, as a person at this directory names it. */
  logOf(stack: string): string {
    return join(dirname(this.options.accounts), relative(this.root, this.home), "logs", `${stack}.log`);
  }

  /** Between two steps. @throws Stopped after Ctrl-C */
  check(): void {
    if (this.stop.isSet) throw new Stopped();
  }

  /** Opens the way to the clouds. @throws DeployProblem, RehearsalProblem, Stopped */
  async open(stacks: readonly string[]): Promise<void> {
    this.opened = await (this.options.open ?? this.openReviewed)(stacks);
    this.check();
  }

  /** True for yes. @throws Stopped, NoAnswer where nobody can be asked */
  async confirm(question: string): Promise<boolean> {
    const answer = await this.stop.orStopped(this.questions.confirm(question));
    if (answer === undefined) throw new Stopped();
    return answer;
  }

  /** A line that a person types. @throws Stopped, NoAnswer */
  async ask(question: string): Promise<string> {
    const answer = await this.stop.orStopped(this.questions.ask(question));
    if (answer === undefined) throw new Stopped();
    return answer;
  }

  /** Waits, unless it is interrupted. @throws Stopped */
  async wait(seconds: number): Promise<void> {
    let timer: NodeJS.Timeout | undefined;
    await this.stop.orStopped(new Promise<void>((end) => (timer = setTimeout(end, seconds * 1000))));
    clearTimeout(timer);
    this.check();
  }

  private readonly openReviewed = async (stacks: readonly string[]): Promise<Deployer> => {
    const { accounts, rehearse, parallelism } = this.options;
    const common = { synthesized: this.synthesized, project: PROJECT };
    const scratch = join(this.home, "synth");
    await whileWaiting(this.terminal, `Synthesizing, to compare with ${this.synthesized} …`, () =>
      checkReviewed(stacks, { ...common, accounts: resolve(accounts), scratch }),
    );
    this.check();
    // A rehearsal copies none of them.
    if (!rehearse) for (const line of checkOverrides(stacks, this.synthesized)) this.note(`${line}\n`);
    const ground = await whileWaiting(this.terminal, "Looking for Terraform and cdktf …", () =>
      rehearse
        ? rehearsalGround({ ...common, parallelism, directory: join(this.root, ".rehearsal") })
        : cloudGround({
            ...common,
            scratch: join(this.home, "deploy"),
            isStopped: () => this.stop.isSet,
          }),
    );
    return new PlannedDeployer(ground, { plans: join(this.home, "plans"), logs: join(this.home, "logs") });
  };

  async close(): Promise<void> {
    this.progress.clear();
    this.questions.close();
    await this.opened?.close();
    this.stop.close();
    this.unlock();
  }
}

/** What ended a run before its end. */
export interface BrokenOff {
  readonly code: ExitCode;
  readonly outcome: "refused" | "interrupted" | "unasked";
  readonly reason: string;
}

/** Problems that a person can put right, as outcomes. @throws what is none of them */
export function brokenOff(error: unknown): BrokenOff {
  if (error instanceof Stopped)
    return { code: EXIT.interrupted, outcome: "interrupted", reason: "Interrupted." };
  if (error instanceof NoAnswer)
    return {
      code: EXIT.usage,
      outcome: "unasked",
      reason: `${error.message}; --yes goes on without a question.`,
    };
  if (error instanceof CalledWrongly) return { code: EXIT.usage, outcome: "refused", reason: error.message };
  if (error instanceof DeployProblem || error instanceof RehearsalProblem)
    return { code: EXIT.problems, outcome: "refused", reason: error.message };
  throw error;
}
