import { existsSync, mkdirSync, readdirSync, readFileSync, rmdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";

/**
 * Makes `files/` of a stack's directory hold exactly these texts. What is already right is not touched; of what is
 * outside `files/`, nothing is but files that are named. A run that was interrupted is repaired by the next one.
 *
 * @param files path below the stack's directory, such as `files/…` -> text
 */
export function writeStackFiles(directory: string, files: ReadonlyMap<string, string>): void {
  const root = join(directory, "files");
  const wanted = new Map([...files].map(([place, text]) => [join(directory, place), text]));
  if (existsSync(root)) removeStrangers(root, wanted);

  const made = new Set<string>();
  for (const [path, text] of wanted) {
    const parent = dirname(path);
    if (!made.has(parent)) mkdirSync(parent, { recursive: true });
    made.add(parent);
    if (!existsSync(path) || readFileSync(path, "utf8") !== text) writeFileSync(path, text);
  }
}

/** Removes every file that is not wanted, and every directory that is empty then. */
function removeStrangers(directory: string, wanted: ReadonlyMap<string, string>): void {
  for (const entry of readdirSync(directory, { withFileTypes: true })) {
    const path = join(directory, entry.name);
    if (entry.isDirectory()) removeStrangers(path, wanted);
    else if (!entry.isFile() || !wanted.has(path)) rmSync(path);
  }
  if (readdirSync(directory).length === 0) rmdirSync(directory);
}
