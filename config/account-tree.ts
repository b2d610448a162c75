/** Files larger than this are not read: a pool's file has some hundred bytes, an account's some thousand. */
export const MAX_FILE_BYTES = 256 * 1024;

/** What lies in the accounts directory, as far down as files of ours may lie. */
export interface TreeEntry {
  /** Below the accounts directory, with forward slashes. */
  readonly path: string;
  readonly kind: "file" | "directory" | "link" | "other" | "unreadable";
}

/** The accounts directory; nothing is read before it is asked for. */
export interface AccountTree {
  /** Name of the directory, as the messages show it. */
  readonly name: string;
  /** Sorted by path; undefined when there is no such directory. */
  readonly entries: readonly TreeEntry[] | undefined;
  /** The bytes of a file, or why it cannot be read. */
  read(path: string): Uint8Array | string;
}

/** A tree in memory: files by path from the parent of the accounts directory, such as `accounts/defaults.yaml`. */
export function treeInMemory(files: ReadonlyMap<string, Uint8Array>): AccountTree {
  const name = [...files.keys()][0]?.split("/")[0] ?? "accounts";
  const kinds = new Map<string, TreeEntry["kind"]>();
  for (const file of files.keys()) {
    const parts = file.split("/").slice(1);
    for (let length = 1; length < parts.length; length++)
      kinds.set(parts.slice(0, length).join("/"), "directory");
    kinds.set(parts.join("/"), "file");
  }
  const entries = [...kinds].map(([path, kind]) => ({ path, kind }));
  return {
    name,
    entries: entries.sort((a, b) => (a.path < b.path ? -1 : 1)),
    read: (path) => {
      const bytes = files.get(`${name}/${path}`)!;
      return bytes.length > MAX_FILE_BYTES ? tooBig(bytes.length) : bytes;
    },
  };
}

/** The message for a file that is not read for its size. */
export const tooBig = (bytes: number): string =>
  `the file has ${Math.ceil(bytes / 1024)} KiB; allowed: at most ${MAX_FILE_BYTES / 1024} KiB; look at what was put in it`;
