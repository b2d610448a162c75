import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { isAlive } from "./is-alive";
import { RehearsalProblem } from "./rehearsal-problem";

/** Locks of this very process: a number left in a file by an earlier process of the same number is not one of them. */
const held = new Set<string>();

type Doing = "rehearsing" | "deploying";

/**
 * Takes a directory for this process, and makes it when it is missing: two rehearsals in one directory would
 * overwrite each other's clouds, and two rollouts each other's notes.
 *
 * @param doing what is done there, for the messages
 * @returns what gives it back
 * @throws RehearsalProblem when another process that is alive has it, or nothing can be written there
 */
export function lockDirectory(directory: string, doing: Doing = "rehearsing"): () => void {
  const path = join(directory, "lock");
  try {
    mkdirSync(directory, { recursive: true });
    while (!created(path)) removeStale(path, directory, doing);
  } catch (error) {
    if (error instanceof RehearsalProblem) throw error;
    const reason = error instanceof Error ? error.message : String(error);
    throw new RehearsalProblem(
      `${directory} must be a directory that you can write into (${reason}): move away what is there.`,
    );
  }
  held.add(path);
  return () => {
    held.delete(path);
    rmSync(path, { force: true });
  };
}

/** False when the file exists: of two that try at once, one gets it. */
function created(path: string): boolean {
  try {
    writeFileSync(path, `${process.pid}\n`, { flag: "wx" });
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EEXIST") return false;
    throw error;
  }
}

/** Removes the lock of a process that is gone. */
function removeStale(path: string, directory: string, doing: Doing): void {
  const text = readIfThere(path);
  if (text === undefined) return;
  const owner = Number(text);
  if (text === "") {
    throw new RehearsalProblem(
      `Another process is about to start ${doing} in ${directory}: wait until it ends, or delete ${path} if none runs.`,
    );
  }
  const isHeld = owner === process.pid ? held.has(path) : owner > 0 && isAlive(owner);
  if (isHeld) {
    throw new RehearsalProblem(
      `Process ${owner} is ${doing} in ${directory}: wait until it ends, or end it.`,
    );
  }
  rmSync(path, { force: true });
}

function readIfThere(path: string): string | undefined {
  try {
    return readFileSync(path, "utf8");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw error;
  }
}
