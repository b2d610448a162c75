import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import type { AccountFiles } from "./edit";

/** The example accounts. */
export function exampleAccounts(): AccountFiles {
  const paths = readdirSync("accounts", { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative("accounts", join(entry.parentPath, entry.name)));
  return new Map(paths.map((path) => [path, readFileSync(join("accounts", path), "utf8")]));
}

/** @param into made where it is not there; what is in it stays */
export function writeAccounts(files: AccountFiles, into: string): void {
  for (const [path, text] of files) {
    mkdirSync(dirname(join(into, path)), { recursive: true });
    writeFileSync(join(into, path), text);
  }
}
