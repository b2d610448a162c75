import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { TERRAFORMS_OWN } from "../../sandbox/workspace/working-copy";

/** The files of a synthesized stack by their path in it, sorted; without what Terraform keeps beside them. */
export function stackFiles(directory: string): ReadonlyMap<string, Buffer> {
  const files = new Map<string, Buffer>();
  const read = (below: string): void => {
    for (const entry of readdirSync(join(directory, below), { withFileTypes: true }).sort(byName)) {
      if (below === "" && TERRAFORMS_OWN.test(entry.name)) continue;
      const path = join(below, entry.name);
      if (entry.isDirectory()) read(path);
      else files.set(path, readFileSync(join(directory, path)));
    }
  };
  if (existsSync(directory)) read("");
  return files;
}

const byName = (a: { readonly name: string }, b: { readonly name: string }): number =>
  a.name < b.name ? -1 : 1;

/** A fingerprint of a stack's files: sha256 over paths and contents, in hex. */
export function stackHash(directory: string): string {
  const hash = createHash("sha256");
  for (const [path, content] of stackFiles(directory))
    hash.update(`${path}\0${content.length}\0`).update(content);
  return hash.digest("hex");
}

/** Paths of files that only one of two directories has, or that differ; sorted. */
export function differingFiles(one: string, other: string): string[] {
  const [a, b] = [stackFiles(one), stackFiles(other)];
  return [...new Set([...a.keys(), ...b.keys()])]
    .filter((path) => !a.get(path) || !b.get(path) || !a.get(path)!.equals(b.get(path)!))
    .sort();
}
