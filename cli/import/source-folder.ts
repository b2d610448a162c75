import { type Dirent, readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { MAX_FILE_BYTES, tooBig } from "../../config/account-tree";
import { decodeVisible } from "../../config/decode-text";
import type { ProblemList } from "../../config/problem-list";
import type { SourceFile } from "../../config/source-file";
import { printable } from "../../model/quoted";

/** Deeper than any layout that is read here. */
const DEEPEST = 8;
/** Directories that are looked into at most: what has more is not a folder of variables. */
const MOST_DIRECTORIES = 2000;
/** Copies that tools make, and what holds no variables. */
const SKIPPED = new Set([
  ".git",
  ".terraform",
  ".terragrunt-cache",
  "node_modules",
  "env",
  "venv",
  ".venv",
  "roles",
  "modules",
]);

/** Why a folder cannot be read as a source, as a sentence without full stop. */
export class SourceProblem extends Error {}

/** Files below a folder, by path with forward slashes, sorted. Links are not followed. */
export interface SourceFolder {
  readonly files: readonly string[];
  /** Links that were left alone. */
  readonly links: readonly string[];
  /** The text of a file; undefined when it was reported that it cannot be read. */
  readonly read: (file: string, problems: ProblemList) => SourceFile | undefined;
}

/** @throws SourceProblem when there is no such folder, or one that is far too big */
export function openSourceFolder(root: string): SourceFolder {
  if (!statSync(root, { throwIfNoEntry: false })?.isDirectory())
    throw new SourceProblem(`${printable(root)} is no folder; name the one that holds the variables`);
  const [files, links]: [string[], string[]] = [[], []];
  let directories = 0;
  const look = (path: string, depth: number): void => {
    if (++directories > MOST_DIRECTORIES)
      throw new SourceProblem(
        `${printable(root)} has more than ${MOST_DIRECTORIES} folders; name the one that holds the variables`,
      );
    for (const entry of entriesOf(join(root, path))) {
      const inner = path === "" ? entry.name : `${path}/${entry.name}`;
      if (entry.isSymbolicLink()) links.push(inner);
      else if (entry.isFile()) files.push(inner);
      else if (entry.isDirectory() && depth < DEEPEST && !SKIPPED.has(entry.name)) look(inner, depth + 1);
    }
  };
  look("", 0);
  return {
    files: files.sort(),
    links: links.sort(),
    read: (file, problems) => readText(root, file, problems),
  };
}

function entriesOf(path: string): Dirent[] {
  try {
    return readdirSync(path, { withFileTypes: true });
  } catch (error) {
    throw new SourceProblem(
      `${printable(path)} cannot be read (${(error as NodeJS.ErrnoException).code ?? "unknown error"}); allow this user to read it`,
    );
  }
}

function readText(root: string, file: string, problems: ProblemList): SourceFile | undefined {
  const path = join(root, file);
  try {
    const { size } = statSync(path);
    if (size > MAX_FILE_BYTES) {
      problems.addFile(printable(file), tooBig(size));
      return undefined;
    }
    return decodeVisible(printable(file), "defaults", readFileSync(path), problems);
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? "unknown error";
    problems.addFile(printable(file), `the file cannot be read (${code}); allow this user to read it`);
    return undefined;
  }
}
