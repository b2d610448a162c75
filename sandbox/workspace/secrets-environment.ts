import { randomBytes } from "node:crypto";
import { secretsVersionVariable } from "../../model/names";
import { readStack } from "./stack-configuration";
import type { StackConfiguration } from "./stack-configuration";

/**
 * Sets the variables by which a person brings secrets to machines (`fleet secrets env`): values by chance, those that are
 * set stay, and the versions that the stacks want.
 *
 * @param directories working copies of stacks
 */
export function setSecrets(directories: Iterable<string>, environment: Record<string, string>): void {
  for (const directory of directories) {
    const stack = readStack(directory);
    for (const name of secretVariables(stack))
      environment[`TF_VAR_${name}`] ??= randomBytes(16).toString("hex");
    for (const [name, version] of secretsVersions(stack)) environment[`TF_VAR_${name}`] = version;
  }
}

/** Variables that bring secrets: those that Terraform puts into no plan and no state. */
const secretVariables = ({ variable = {} }: StackConfiguration): string[] =>
  Object.keys(variable).filter(
    (name) => variable[name]!.ephemeral === true && variable[name]!.sensitive === true,
  );

/** Variables that say which version of a customer's secrets was brought, and the version that the stack wants. */
const secretsVersions = ({ locals }: StackConfiguration): ReadonlyMap<string, string> =>
  new Map(
    (locals?.push_job?.secretsVersion ?? "")
      .split(" ")
      .filter((each) => each !== "")
      .map((each): [string, string] => {
        const [id, version] = each.split("=") as [string, string];
        return [secretsVersionVariable({ id }), version];
      }),
  );
