/** Files of a machine: path on it -> text. */
export type MachineFiles = ReadonlyMap<string, string>;

/** The folders of a stack that hold files of its machines; below each, paths are those of the machine. */
const FOLDERS = /^files\/(server|bridge|programs)(?=\/)/;

/** Picks the machines' files out of a stack's: `files/server/etc/fleet/web.env` -> `/etc/fleet/web.env`. */
export function machineFiles(stackFiles: ReadonlyMap<string, string>): MachineFiles {
  return new Map(
    [...stackFiles]
      .filter(([path]) => FOLDERS.test(path))
      .map(([path, text]) => [path.replace(FOLDERS, ""), text]),
  );
}

/** Paths whose text differs, or that only one side has; sorted. */
export function changedFiles(before: MachineFiles, after: MachineFiles): string[] {
  return [...new Set([...before.keys(), ...after.keys()])]
    .filter((path) => before.get(path) !== after.get(path))
    .sort();
}
