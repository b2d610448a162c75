import { nearest } from "../model/nearest";
import type { TreeEntry } from "./account-tree";

/** What one folder of the accounts directory may hold. */
export interface Place {
  /** Said behind "allowed:". */
  readonly allowed: string;
  /** Names that have a meaning here. */
  readonly names: readonly string[];
  /** What to do with a YAML file of another name. */
  readonly yaml?: string;
}

const FILE_MANAGERS = /^(?:\.DS_Store|\._.*|Thumbs\.db|desktop\.ini)$/i;
const EDITORS = /~$|\.sw[a-p]$|^\.#|^#.*#$|\.(?:bak|orig|rej|tmp|save)$/i;

/** Why an entry has no place where it lies, and what to do with it. */
export function explainStray(entry: TreeEntry, place: Place, siblings: ReadonlySet<string>): string {
  const name = nameOf(entry);
  const { allowed } = place;
  if (FILE_MANAGERS.test(name)) {
    return `left behind by a file manager; allowed: ${allowed}; remove it, and ignore it in your own git settings`;
  }
  if (EDITORS.test(name)) {
    return `left behind by an editor or a merge; allowed: ${allowed}; remove it`;
  }
  switch (entry.kind) {
    case "link":
      return "a symbolic link; allowed: real files and folders, so that a review shows what is read; copy the file";
    case "unreadable":
      return "the folder cannot be listed; allow this user to read it";
    case "other":
      return `neither a file nor a folder; allowed: ${allowed}; remove it`;
  }
  const wanted = place.names.find((known) => known.toLowerCase() === name.toLowerCase());
  if (wanted === name) {
    const [is, belongs] = entry.kind === "file" ? ["file", "folder"] : ["folder", "file"];
    return `a ${is} where a ${belongs} belongs; allowed: ${allowed}; remove it`;
  }
  if (wanted !== undefined)
    return `the name is written in another case; allowed: ${allowed}; rename it to ${wanted}`;
  const yaml = /^(.+)\.ya?ml$/i.exec(name);
  if (entry.kind === "file" && yaml && !name.endsWith(".yaml")) {
    const better = `${yaml[1]!}.yaml`;
    return siblings.has(better)
      ? `files end in .yaml here, and ${better} exists; allowed: ${allowed}; join the two`
      : `files end in .yaml here; allowed: ${allowed}; rename it to ${better}`;
  }
  const meant = nearest(name, place.names);
  if (meant !== undefined) return `has no place here; allowed: ${allowed}; did you mean ${meant}?`;
  const advice = yaml && place.yaml !== undefined ? place.yaml : "move it elsewhere or remove it";
  return `has no place here; allowed: ${allowed}; ${advice}`;
}

/** The last part of an entry's path. */
export const nameOf = (entry: TreeEntry): string => entry.path.slice(entry.path.lastIndexOf("/") + 1);
