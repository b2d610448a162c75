import type { MachineFiles } from "../machine-files";

/**
 * Files of a machine by path, in the order of the paths.
 *
 * @throws Error for a path that is not absolute and for a text that does not end in a newline.
 */
export function collectFiles(files: Readonly<Record<string, string>>): MachineFiles {
  for (const [path, text] of Object.entries(files)) {
    if (!path.startsWith("/")) throw new Error(`${path}: a file on a machine needs an absolute path`);
    if (!text.endsWith("\n")) throw new Error(`${path}: the text of a file ends in a newline`);
  }
  return new Map(Object.entries(files).sort(([a], [b]) => (a < b ? -1 : 1)));
}
