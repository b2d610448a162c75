import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join, relative } from "node:path";
import { RehearsalProblem } from "./rehearsal-problem";
import { readManifest, readStack } from "./stack-configuration";
import { isDeployed, statePath } from "./terraform-state";

/** Replaces the backend of a stack; Terraform reads it after all other files. */
export const OVERRIDE_FILE = "rehearsal_override.tf.json";

/** What Terraform leaves in a stack's directory; a plan or state of the original is no part of the copy. */
export const TERRAFORMS_OWN =
  /^(\.terraform(\.lock\.hcl)?|\.terragrunt-cache|terraform\.tfstate.*|plan|crash\.log|.*_override\.tf\.json)$/;

/** Stacks with the directories of their copies. */
export interface WorkingCopies {
  /** In the manifest's order. */
  readonly synthesized: ReadonlyMap<string, string>;
  /** Deployed, but no longer synthesized. */
  readonly leftOver: ReadonlyMap<string, string>;
}

/**
 * Copies synthesized stacks to where they can be deployed: same files, but with a local state that stays where it is
 * when the stacks are copied again. What Terraform keeps in the copies stays, so that init is quick.
 *
 * A stack that is deployed and no longer synthesized keeps its copy: without it, nobody could destroy its objects.
 *
 * @param served provider addresses, such as `registry.terraform.io/hashicorp/google`
 * @throws RehearsalProblem when a stack needs a provider that is not served
 */
export function copyStacks(synthesized: string, directory: string, served: readonly string[]): WorkingCopies {
  const stacks = readManifest(synthesized);
  const copies = new Map([...stacks].map(([name, path]) => [name, join(directory, path)]));
  for (const [name, path] of stacks) checkProviders(name, join(synthesized, path), served);
  mkdirSync(join(directory, "state"), { recursive: true });
  const leftOver = new Map<string, string>();
  for (const stale of readDirectory(join(directory, "stacks")).filter((name) => !stacks.has(name))) {
    const copy = join(directory, "stacks", stale);
    if (isDeployed(directory, stale)) leftOver.set(stale, copy);
    else rmSync(copy, { recursive: true });
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
    const state = relative(to, statePath(directory, name));
    writeJson(join(to, OVERRIDE_FILE), { terraform: { backend: { local: { path: state } } } });
  }
  writeManifest(synthesized, directory, [...leftOver.keys()]);
  return { synthesized: copies, leftOver };
}

/** cdktf finds stacks by the manifest: it also needs the ones that are left over. */
function writeManifest(synthesized: string, directory: string, leftOver: readonly string[]): void {
  const manifest = JSON.parse(readFileSync(join(synthesized, "manifest.json"), "utf8")) as { stacks: object };
  const entries = leftOver.map((name) => {
    const workingDirectory = `stacks/${name}`;
    const synthesizedStackPath = `${workingDirectory}/cdk.tf.json`;
    const nothing = { annotations: [], dependencies: [] };
    return [name, { name, constructPath: name, workingDirectory, synthesizedStackPath, ...nothing }] as const;
  });
  const stacks = { ...manifest.stacks, ...Object.fromEntries(entries) };
  writeJson(join(directory, "manifest.json"), { ...manifest, stacks });
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
