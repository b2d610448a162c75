import { readFileSync } from "node:fs";
import { join } from "node:path";
import { RehearsalProblem } from "./rehearsal-problem";

/** A stack's cdk.tf.json, as far as a rehearsal reads it. */
export interface StackConfiguration {
  /** Of cdktf and of ours, such as the file of `accounts/` that the stack was made from. */
  readonly "//"?: { readonly source?: string } | undefined;
  readonly terraform?: {
    readonly required_providers?: Readonly<
      Record<string, { readonly source?: string; readonly version?: string }>
    >;
  };
  /** `secretsVersion` is what a push to Linodes wants: the version of each customer's secrets, `abc=1 xyz=2`. */
  readonly locals?: { readonly push_job?: { readonly secretsVersion: string } };
  readonly provider?: Readonly<Record<string, unknown>>;
  readonly variable?: Readonly<
    Record<string, { readonly ephemeral?: boolean; readonly sensitive?: boolean }>
  >;
  readonly resource?: Readonly<Record<string, Readonly<Record<string, Readonly<Record<string, unknown>>>>>>;
}

interface Manifest {
  readonly stacks: Readonly<Record<string, { readonly workingDirectory: string }>>;
}

/**
 * The stacks in a directory that cdktf wrote, in its order, with their directories relative to it.
 * @throws RehearsalProblem when there is no manifest
 */
export function readManifest(synthesized: string): ReadonlyMap<string, string> {
  const path = join(synthesized, "manifest.json");
  try {
    const { stacks } = JSON.parse(readFileSync(path, "utf8")) as Manifest;
    return new Map(Object.entries(stacks).map(([name, { workingDirectory }]) => [name, workingDirectory]));
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new RehearsalProblem(`${path} cannot be read (${reason}): run \`npm run synth\` first.`);
  }
}

/** @throws RehearsalProblem when the file is missing or broken */
export function readStack(directory: string): StackConfiguration {
  const path = join(directory, "cdk.tf.json");
  try {
    return JSON.parse(readFileSync(path, "utf8")) as StackConfiguration;
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new RehearsalProblem(`${path} cannot be read (${reason}): run \`npm run synth\` again.`);
  }
}

/** Every resource of a stack: type, name in Terraform, arguments. */
export function resourcesOf(
  stack: StackConfiguration,
): { type: string; name: string; arguments: Readonly<Record<string, unknown>> }[] {
  return Object.entries(stack.resource ?? {}).flatMap(([type, byName]) =>
    Object.entries(byName).map(([name, each]) => ({ type, name, arguments: each })),
  );
}
