import type { ProgramResult } from "../../sandbox/workspace/run-program";

/** Where stacks lie, and how Terraform and cdktf are run on them. */
export interface Ground {
  /** The Terraform that is run. */
  readonly terraformProgram: string;
  /** What programs find in their environment beside what the ground itself gives them. Can be added to. */
  readonly environment: Record<string, string>;

  /** Runs Terraform in a stack's directory, after `init` if that is due. */
  terraform(stack: string, args: readonly string[]): Promise<ProgramResult>;

  /** Runs a cdktf command on stacks, all at a time. */
  cdktf(command: "deploy" | "destroy", stacks: readonly string[]): Promise<ProgramResult>;

  close(): Promise<void>;
}
