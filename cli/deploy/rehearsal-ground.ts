import { type Rehearsal, startRehearsal } from "../../sandbox/rehearsal";
import type { ProgramResult } from "../../sandbox/workspace/run-program";
import type { Ground } from "./ground";

export interface RehearsalGroundOptions {
  /** The committed output; only read. */
  readonly synthesized: string;
  /** Of the rehearsal: `.rehearsal`. */
  readonly directory: string;
  /** With cdktf.json and node_modules. */
  readonly project: string;
  /** Stacks at a time. */
  readonly parallelism: number;
}

/** Pretended clouds: copies of the stacks, and secrets by chance. @throws RehearsalProblem */
export async function rehearsalGround(options: RehearsalGroundOptions): Promise<Ground> {
  return new RehearsalGround(await startRehearsal(options));
}

class RehearsalGround implements Ground {
  readonly terraformProgram = process.env["TERRAFORM_BINARY_NAME"] ?? "terraform";

  constructor(private readonly rehearsal: Rehearsal) {}

  get environment(): Record<string, string> {
    return this.rehearsal.environment;
  }

  terraform(stack: string, args: readonly string[]): Promise<ProgramResult> {
    return this.rehearsal.terraform(stack, args);
  }

  cdktf(command: "deploy" | "destroy", stacks: readonly string[]): Promise<ProgramResult> {
    return this.rehearsal.cdktf(command, stacks);
  }

  close(): Promise<void> {
    return this.rehearsal.close();
  }
}
