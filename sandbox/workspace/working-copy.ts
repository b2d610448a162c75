import { cpSync, existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { join, relative } from "node:path";
import { RehearsalProblem } from "./rehearsal-problem";
import { readManifest, readStack } from "./stack-configuration";

/** Replaces the backend of a stack; Terraform reads it after all other files. */
export const OVERRIDE_FILE = "rehearsal_override.tf.json";

/** What Terraform leaves in a stack's directory; a plan or state of the original is no part of the copy. */
const TERRAFORMS_OWN =
  /^(\.terraform(\.lock\.hcl)?|terraform\.tfstate.*|plan|crash\.log|.*_override\.tf\.json)$/;

/**
 * Copies synthesized stacks to where they can be deployed: same files, but with a local state that stays where it is
 * when the stacks are copied again. What Terraform keeps in the copies stays, so that init is quick.
 *
 * @param served provider addresses, such as `registry.terraform.io/hashicorp/google`
 * @returns the stacks in the manifest's order, with the directories of their copies
 * @throws RehearsalProblem when a stack needs a provider that is not served
 */
export function copyStacks(
  synthesized: string,
  directory: string,
  served: readonly string[],
): ReadonlyMap<string, string> {
  const stacks = readManifest(synthesized);
  const copies = new Map([...stacks].map(([name, path]) => [name, join(directory, path)]));
  for (const [name, path] of stacks) checkProviders(name, join(synthesized, path), served);
  mkdirSync(join(directory, "state"), { recursive: true });
  for (const stale of readDirectory(join(directory, "stacks"))) {
    if (!stacks.has(stale)) rmSync(join(directory, "stacks", stale), { recursive: true });
  }
  for (const [name, path] of stacks) {
    const [from, to] = [join(synthesized, path), copies.get(name)!];
    mkdirSync(to, { recursive: true });
    for (const entry of readdirSync(to)) {
      if (!TERRAFORMS_OWN.test(entry) || entry.endsWith("_override.tf.json"))
        rmSync(join(to, entry), { recursive: true });
    }
    for (const entry of readdirSync(from)) {
      if (!TERRAFORMS_OWN.test(entry)) cpSync(join(from, entry), join(to, entry), { recursive: true });
    }
    const state = relative(to, join(directory, "state", `${name}.tfstate`));
    writeJson(join(to, OVERRIDE_FILE), { terraform: { backend: { local: { path: state } } } });
  }
  cpSync(join(synthesized, "manifest.json"), join(directory, "manifest.json"));
  return copies;
}

export const writeJson = (path: string, value: unknown): void =>
  writeFileSync(path, `${JSON.stringify(value, null, 2)}\n`);

const readDirectory = (path: string): string[] => (existsSync(path) ? readdirSync(path) : []);

function checkProviders(stack: string, directory: string, served: readonly string[]): void {
  for (const [name, { source }] of Object.entries(readStack(directory).terraform?.required_providers ?? {})) {
    const [last, namespace = "hashicorp", host = "registry.terraform.io"] = (source ?? name)
      .split("/")
      .reverse();
    const address = `${host}/${namespace}/${last}`;
    if (served.includes(address)) continue;
    const known = served.map((each) => each.replace("registry.terraform.io/", "")).join(", ");
    throw new RehearsalProblem(
      `Stack ${stack} needs provider ${address}, which the sandbox does not have; it has ${known}.`,
    );
  }
}
