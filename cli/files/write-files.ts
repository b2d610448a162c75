import {
  closeSync,
  fsyncSync,
  mkdirSync,
  openSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { basename, dirname, join } from "node:path";

const NEW_FILE_MODE = 0o644;

/**
 * Writes files so that nothing is half-written: all new texts lie beside their files before the first one takes its
 * place. Files that are there keep their permissions; folders that are missing are made.
 *
 * @param files text or bytes by path
 * @param removed files that go when all new ones are in their places, such as the old places of files that move
 * @throws Error of the file system; then no file has a new text, unless the last step itself, renaming, has failed
 */
export function writeFiles(
  files: ReadonlyMap<string, string | Uint8Array>,
  removed: readonly string[] = [],
): void {
  const prepared: { readonly path: string; readonly beside: string }[] = [];
  try {
    for (const [path, text] of files) {
      mkdirSync(dirname(path), { recursive: true });
      const beside = join(dirname(path), `.${basename(path)}.${process.pid}.new`);
      prepared.push({ path, beside });
      named(path, beside, () => writeThrough(beside, text, modeOf(path)));
    }
    for (const { path, beside } of prepared) named(path, beside, () => renameSync(beside, path));
    for (const path of removed) rmSync(path, { force: true });
  } finally {
    for (const { beside } of prepared) rmSync(beside, { force: true });
  }
}

/** What the file system refuses about the file beside is said of the file that a person knows. */
function named(path: string, beside: string, step: () => void): void {
  try {
    step();
  } catch (error) {
    const refused = error as Error;
    throw Object.assign(refused, { path, message: refused.message.replaceAll(beside, path) });
  }
}

function writeThrough(path: string, text: string | Uint8Array, mode: number): void {
  const file = openSync(path, "wx", mode);
  try {
    writeFileSync(file, text);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}

const modeOf = (path: string): number =>
  (statSync(path, { throwIfNoEntry: false })?.mode ?? NEW_FILE_MODE) & 0o777;
