import { closeSync, type Dirent, fstatSync, openSync, readdirSync, readSync } from "node:fs";
import { basename, join, resolve } from "node:path";
import { type AccountTree, MAX_FILE_BYTES, tooBig, type TreeEntry } from "./account-tree";

/** Folders below the accounts directory whose content is looked at: `<account>`, its two, and a customer's `web`. */
const LOOKED_INTO = /^[^/]+(?:\/(?:pools|customers(?:\/[^/]+(?:\/web(?:\/branding)?)?)?))?$/;

/** The accounts directory on disk. Links are not followed and only regular files are opened. */
export function scanAccounts(root: string): AccountTree {
  return {
    name: basename(resolve(root)),
    entries: listDirectory(root, ""),
    read: (path) => readBounded(join(root, path)),
  };
}

function listDirectory(root: string, path: string): TreeEntry[] | undefined {
  let found: Dirent[];
  try {
    found = readdirSync(join(root, path), { withFileTypes: true });
  } catch {
    return undefined;
  }
  found.sort((a, b) => (a.name < b.name ? -1 : 1));
  return found.flatMap((entry): TreeEntry[] => {
    const entryPath = path === "" ? entry.name : `${path}/${entry.name}`;
    if (entry.isSymbolicLink()) return [{ path: entryPath, kind: "link" }];
    if (entry.isFile()) return [{ path: entryPath, kind: "file" }];
    if (!entry.isDirectory()) return [{ path: entryPath, kind: "other" }];
    if (!LOOKED_INTO.test(entryPath)) return [{ path: entryPath, kind: "directory" }];
    const content = listDirectory(root, entryPath);
    return content
      ? [{ path: entryPath, kind: "directory" }, ...content]
      : [{ path: entryPath, kind: "unreadable" }];
  });
}

function readBounded(path: string): Uint8Array | string {
  let descriptor: number;
  try {
    descriptor = openSync(path, "r");
  } catch (error) {
    return unreadable(error);
  }
  try {
    const { size } = fstatSync(descriptor);
    if (size > MAX_FILE_BYTES) return tooBig(size);
    const bytes = new Uint8Array(size);
    let length = 0;
    while (length < size) {
      const count = readSync(descriptor, bytes, length, size - length, null);
      if (count === 0) break;
      length += count;
    }
    return bytes.subarray(0, length);
  } catch (error) {
    return unreadable(error);
  } finally {
    closeSync(descriptor);
  }
}

const unreadable = (error: unknown): string =>
  `the file cannot be read (${(error as NodeJS.ErrnoException).code ?? "unknown error"}); allow this user to read it`;
