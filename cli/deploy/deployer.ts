import type { PlannedChange } from "../../rollout/judge-plan";

/** What is to become of a stack. */
export type Purpose = "deploy" | "destroy";

/** How the run of one stack ended. */
export interface StackEnd {
  /** `not begun`: cdktf never came to it. */
  readonly end: "done" | "failed" | "not begun";
  /** What Terraform, or cdktf where Terraform did not run, had to say against it. */
  readonly said: string;
}

/** Hears of an apply while it runs. */
export interface ApplyListener {
  /** Terraform printed a line, in its order within the stack. */
  line(stack: string, text: string): void;
  /** Once for each stack, after its last line. */
  ended(stack: string, end: StackEnd): void;
}

/**
 * What brings stacks to a cloud, real or pretended. A plan is kept, and what is applied is that plan and no other:
 * Terraform refuses it when the state has moved since.
 */
export interface Deployer {
  /**
   * What an apply, or a destroy, would do now.
   * @throws DeployProblem with Terraform's own words when the plan fails
   */
  plan(stack: string, purpose: Purpose): Promise<readonly PlannedChange[]>;

  /** The last plan of a stack as Terraform prints it. */
  planText(stack: string): Promise<string>;

  /** Brings variables to the plans and applies that follow; plans made before do not know them. */
  bring(variables: Readonly<Record<string, string>>): void;

  /** Applies the kept plans of stacks that need not one another. */
  deploy(stacks: readonly string[], listener: ApplyListener): Promise<ReadonlyMap<string, StackEnd>>;

  /** The same for plans that destroy. */
  destroy(stacks: readonly string[], listener: ApplyListener): Promise<ReadonlyMap<string, StackEnd>>;

  /** Asks Terraform to stop in good order; what is under way then ends as failed. */
  interrupt(): Promise<void>;

  /** Waits for what runs and removes the kept plans. */
  close(): Promise<void>;
}

/** A command line that asks for what cannot be; nothing was done. */
export class CalledWrongly extends Error {
  override readonly name = "CalledWrongly";
}

/** Something that a person must put right; its message needs no stack trace. */
export class DeployProblem extends Error {
  override readonly name = "DeployProblem";
}
