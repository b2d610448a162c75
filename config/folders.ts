import { printable } from "../model/quoted";
import type { TreeEntry } from "./account-tree";
import { explainStray, nameOf, type Place } from "./explain-stray";
import type { ProblemList } from "./problem-list";

/** What may lie in any folder: for people, and for git. */
export const NOTES = ["README.md", ".gitkeep"];

/** The folders of the accounts directory, and the reports of what has no place in them. */
export class Folders {
  private readonly children = new Map<string, TreeEntry[]>();

  constructor(
    private readonly rootName: string,
    entries: readonly TreeEntry[],
    private readonly problems: ProblemList,
  ) {
    for (const entry of entries) {
      const folder = folderOf(entry);
      const siblings = this.children.get(folder);
      if (siblings) siblings.push(entry);
      else this.children.set(folder, [entry]);
    }
  }

  /** What lies in a folder, which is named by its path below the accounts directory. */
  in(folder: string): readonly TreeEntry[] {
    return this.children.get(folder) ?? [];
  }

  /** What lies beside an entry. */
  beside(entry: TreeEntry): readonly TreeEntry[] {
    return this.in(folderOf(entry)).filter((other) => other !== entry);
  }

  /** Goes through a folder, reports what is stray, and returns what `place` keeps for later. */
  sort(
    folder: string,
    place: Place,
    decide: (entry: TreeEntry, name: string) => "placed" | "kept" | "stray",
  ): readonly TreeEntry[] {
    const entries = this.in(folder);
    const names = new Set(entries.map(nameOf));
    return entries.filter((entry) => {
      const name = nameOf(entry);
      if (entry.kind === "file" && NOTES.includes(name)) return false;
      const decision = decide(entry, name);
      if (decision === "stray") {
        this.report(entry.path, explainStray(entry, place, names));
      }
      return decision === "kept";
    });
  }

  report(path: string, message: string): void {
    this.problems.addFile(printable(`${this.rootName}/${path}`), message);
  }
}

const folderOf = ({ path }: TreeEntry): string => path.slice(0, Math.max(0, path.lastIndexOf("/")));
