import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { RehearsalProblem } from "./rehearsal-problem";

/** Locks of this very process: a number left in a file by an earlier process of the same number is not one of them. */
const held = new Set<string>();

/**
 * Takes a directory for this process: two rehearsals in one directory would overwrite each other's clouds.
 *
 * @returns what gives it back
 * @throws RehearsalProblem when another process that is alive has it
 */
export function lockDirectory(directory: string): () => void {
  const path = join(directory, "lock");
  const owner = Number(readIfThere(path));
  const isHeld = owner === process.pid ? held.has(path) : owner > 0 && isAlive(owner);
  if (isHeld) {
    throw new RehearsalProblem(
      `Process ${owner} is rehearsing in ${directory}: wait until it ends, or end it.`,
    );
  }
  writeFileSync(path, `${process.pid}\n`);
  held.add(path);
  return () => {
    held.delete(path);
    rmSync(path, { force: true });
  };
}

function readIfThere(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return "";
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}
