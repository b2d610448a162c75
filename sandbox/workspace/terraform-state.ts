import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { isValues } from "../protocol/value";
import { RehearsalProblem } from "./rehearsal-problem";
import type { Values } from "../protocol/value";

/** A state file of Terraform, as far as a rehearsal reads it. */
export interface TerraformState {
  readonly resources: readonly {
    readonly mode: string;
    readonly type: string;
    readonly name: string;
    /** Such as `provider["registry.terraform.io/hashicorp/google"]`. */
    readonly provider: string;
    readonly instances: readonly { readonly index_key?: string | number; readonly attributes: Values }[];
  }[];
}

/** Where a rehearsal in this directory keeps the state of a stack. */
export const statePath = (directory: string, stack: string): string =>
  join(directory, "state", `${stack}.tfstate`);

/**
 * What Terraform has made of a stack; undefined before its first apply.
 * @throws RehearsalProblem when the file is not a state
 */
export function readState(directory: string, stack: string): TerraformState | undefined {
  const path = statePath(directory, stack);
  if (!existsSync(path)) return undefined;
  try {
    const state = JSON.parse(readFileSync(path, "utf8")) as Partial<TerraformState> | null;
    if (!state?.resources?.every(({ instances }) => instances?.every((each) => isValues(each.attributes))))
      throw new Error("it is no state of Terraform");
    return state as TerraformState;
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new RehearsalProblem(`${path} cannot be read (${reason}): delete ${directory} to start anew.`);
  }
}

/** True when Terraform has objects of the stack in its state. @throws RehearsalProblem as `readState` */
export const isDeployed = (directory: string, stack: string): boolean =>
  (readState(directory, stack)?.resources ?? []).length > 0;
