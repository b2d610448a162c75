import { existsSync, mkdirSync, readdirSync, renameSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";
import { isAlive } from "../sandbox/workspace/is-alive";

/**
 * Fills a directory with programs, where that has not been done. It is filled beside its place and moved there as a whole: one
 * that was interrupted is not taken for one that is there, and of two first runs at once each has what it asked for.
 *
 * @param home such as node_modules/.cache/actionlint/1.7.12
 * @param program what is in it when it is whole, such as `actionlint`
 * @param fill gets the directory beside, empty; nothing that it writes may name that directory, because it moves
 * @returns path of the program
 * @throws what `fill` throws; then nothing is left
 */
export function installOnce(home: string, program: string, fill: (beside: string) => void): string {
  const installed = join(home, program);
  if (existsSync(installed)) return installed;
  mkdirSync(dirname(home), { recursive: true });
  removeAbandoned(dirname(home));
  const beside = `${home}.new-${process.pid}`;
  rmSync(beside, { recursive: true, force: true });
  mkdirSync(beside);
  try {
    fill(beside);
    if (!existsSync(join(beside, program))) throw new Error(`${program} was not made`);
    putInPlace(beside, home, installed);
  } finally {
    rmSync(beside, { recursive: true, force: true });
  }
  return installed;
}

/** Of two that were filled at once the first one stays: somebody may be running it. */
function putInPlace(beside: string, home: string, installed: string): void {
  try {
    renameSync(beside, home);
  } catch (error) {
    if (existsSync(installed)) return;
    throw new Error(`${home} is there and not whole: take it away, and run this again`, { cause: error });
  }
}

/** What runs have left behind that were killed. */
function removeAbandoned(directory: string): void {
  for (const name of readdirSync(directory)) {
    const pid = /\.new-(\d+)$/.exec(name)?.[1];
    if (pid === undefined || isAlive(Number(pid))) continue;
    try {
      rmSync(join(directory, name), { recursive: true, force: true });
    } catch {
      // Another first run takes it away, too. It is in nobody's way.
    }
  }
}
