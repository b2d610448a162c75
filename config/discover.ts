import { nearest } from "../model/nearest";
import { printable, quoted } from "../model/quoted";
import { idSchema } from "../model/schema/fields";
import type { AccountTree, TreeEntry } from "./account-tree";
import { explainStray, nameOf, type Place } from "./explain-stray";
import type { ProblemList } from "./problem-list";
import type { DocumentKind } from "./source-file";
import { suggestId } from "./suggest-id";
import { type FoundWebFile, WEB_PLACES, type WebPlace } from "./web-places";

/** A file to read; its place says what it is about. */
export interface FoundDocument {
  readonly kind: DocumentKind;
  /** Below the accounts directory. */
  readonly path: string;
  /** Name of the account's folder; empty for the defaults of all accounts. */
  readonly account: string;
  /** Name of the account, customer or pool. */
  readonly id: string;
  /** False when a name is not a valid id: the file is still read, so that every problem comes in one run. */
  readonly named: boolean;
}

const NOTES = ["README.md", ".gitkeep"];

/** What fleet-apply takes as one part of a path. */
const FILE_NAME = /^[A-Za-z0-9][A-Za-z0-9._-]*$/;

const ROOT: Place = {
  allowed: "defaults.yaml, README.md and one folder per account",
  names: ["defaults.yaml", ...NOTES],
  yaml: "an account is a folder with an account.yaml in it",
};
const ACCOUNT: Place = {
  allowed: "account.yaml, customers/, pools/ and README.md",
  names: ["account.yaml", "customers", "pools", ...NOTES],
  yaml: "a customer's file belongs in customers/, a pool's in pools/",
};
const CUSTOMERS: Place = {
  allowed: "one <id>.yaml per customer, a folder <id> with files of its page, and README.md",
  names: NOTES,
};
const POOLS: Place = { allowed: "one <id>.yaml per pool and README.md", names: NOTES };

/** What lies in its place. */
export interface Found {
  readonly documents: readonly FoundDocument[];
  readonly webFiles: readonly FoundWebFile[];
}

/** Finds the files by their places and reports everything that has none. */
export function discover(tree: AccountTree, problems: ProblemList): Found {
  if (!tree.entries) {
    problems.addFile(
      tree.name,
      "no such directory; allowed: the directory of the accounts; name it with --accounts",
    );
    return { documents: [], webFiles: [] };
  }
  const finder = new Finder(tree.name, childrenByFolder(tree.entries), problems);
  finder.root();
  return finder;
}

/** Whether a folder may be meant for the files of a customer's page. */
const isCustomerFolder = (entry: TreeEntry): boolean =>
  entry.kind === "directory" && !/^\.|\.ya?ml$/i.test(nameOf(entry));

function childrenByFolder(entries: readonly TreeEntry[]): ReadonlyMap<string, readonly TreeEntry[]> {
  const children = new Map<string, TreeEntry[]>();
  for (const entry of entries) {
    const folder = entry.path.slice(0, Math.max(0, entry.path.lastIndexOf("/")));
    const siblings = children.get(folder);
    if (siblings) siblings.push(entry);
    else children.set(folder, [entry]);
  }
  return children;
}

class Finder implements Found {
  readonly documents: FoundDocument[] = [];
  readonly webFiles: FoundWebFile[] = [];

  constructor(
    private readonly rootName: string,
    private readonly children: ReadonlyMap<string, readonly TreeEntry[]>,
    private readonly problems: ProblemList,
  ) {}

  root(): void {
    const accounts = this.sort("", ROOT, (entry, name) => {
      if (entry.kind === "file" && name === "defaults.yaml") {
        this.documents.push({ kind: "defaults", path: entry.path, account: "", id: "", named: true });
        return "placed";
      }
      return entry.kind === "directory" && !name.startsWith(".") ? "kept" : "stray";
    });
    if (accounts.length === 0) {
      // Every entity of an empty tree would be destroyed.
      this.problems.addFile(
        this.rootName,
        "holds no account; allowed: one folder per account; look for what removed them",
      );
    }
    for (const account of accounts) this.account(account, this.isNamed(account, "account", nameOf(account)));
  }

  private account(folder: TreeEntry, named: boolean): void {
    const account = nameOf(folder);
    const path = `${folder.path}/account.yaml`;
    const lists = this.sort(folder.path, ACCOUNT, (entry, name) => {
      if (entry.kind === "file" && name === "account.yaml") {
        this.documents.push({ kind: "account", path, account, id: account, named });
        return "placed";
      }
      return entry.kind === "directory" && (name === "customers" || name === "pools") ? "kept" : "stray";
    });
    const resembles = /^account\.ya?ml$/i; // another spelling is reported as such
    if (!this.children.get(folder.path)?.some((entry) => resembles.test(nameOf(entry)))) {
      const message =
        "missing; every account folder has one; copy another account's and edit it, or remove the folder";
      this.report(path, message);
    }
    for (const list of lists) {
      if (nameOf(list) === "customers") this.entities(list, "customer", account, named);
      else this.entities(list, "pool", account, named);
    }
  }

  private entities(
    folder: TreeEntry,
    kind: "customer" | "pool",
    account: string,
    accountNamed: boolean,
  ): void {
    const place = kind === "customer" ? CUSTOMERS : POOLS;
    const files = this.sort(folder.path, place, (entry, name) => {
      if (kind === "customer" && isCustomerFolder(entry)) return "placed";
      return entry.kind === "file" && /^[^.].*\.yaml$/.test(name) ? "kept" : "stray";
    });
    for (const file of files) {
      const id = nameOf(file).replace(/\.yaml$/, "");
      const named = this.isNamed(file, kind, id) && accountNamed;
      this.documents.push({ kind, path: file.path, account, id, named });
    }
    this.misnamed(folder, kind, account);
    if (kind === "customer") this.customerFolders(folder, account);
  }

  /** Folders beside customers' files, each named after one. */
  private customerFolders(folder: TreeEntry, account: string): void {
    const entries = this.children.get(folder.path) ?? [];
    const ids = this.documents
      .filter((found) => found.kind === "customer" && found.account === account)
      .map(({ id }) => id);
    for (const entry of entries) {
      const id = nameOf(entry);
      if (!isCustomerFolder(entry)) continue;
      if (ids.includes(id)) {
        this.web(entry, WEB_PLACES, { account, customer: id }, "");
      } else {
        const meant = nearest(id, ids);
        const advice = meant === undefined ? "move it elsewhere or remove it" : `did you mean ${meant}?`;
        const message =
          `a folder without its customer: there is no ${id}.yaml beside it; allowed: folders named after a ` +
          `customer's file; ${advice}`;
        this.report(entry.path, message);
      }
    }
  }

  /** The files of a customer's page, as deep as `place` goes. */
  private web(
    folder: TreeEntry,
    place: WebPlace,
    of: { readonly account: string; readonly customer: string },
    below: string,
  ): void {
    const names = [...Object.keys(place.folders), ...(place.files ?? []), ...NOTES];
    const kept = this.sort(folder.path, { allowed: place.allowed, names }, (entry, name) => {
      if (entry.kind === "directory") return Object.hasOwn(place.folders, name) ? "kept" : "stray";
      if (entry.kind !== "file") return "stray";
      return place.files === undefined || place.files.includes(name) ? "kept" : "stray";
    });
    for (const entry of kept) {
      const name = nameOf(entry);
      if (entry.kind === "directory") {
        this.web(entry, place.folders[name]!, of, place === WEB_PLACES ? "" : `${below}${name}/`);
      } else if (FILE_NAME.test(name)) {
        this.webFiles.push({ ...of, path: entry.path, name: `${below}${name}` });
      } else {
        const message =
          `${quoted(name)} is not valid as the name of a file on a machine; allowed: letters, digits, . _ and -, ` +
          "starting with a letter or digit; rename it";
        this.report(entry.path, message);
      }
    }
  }

  /** Files with another ending, which is reported, are read too, so that nothing complains of the entity's absence. */
  private misnamed(folder: TreeEntry, kind: "customer" | "pool", account: string): void {
    const entries = this.children.get(folder.path) ?? [];
    for (const entry of entries) {
      const id = /^([^.].*)\.(?:yml|YAML|YML)$/.exec(nameOf(entry))?.[1];
      if (id === undefined || entry.kind !== "file") continue;
      if (entries.some((other) => nameOf(other) === `${id}.yaml`)) continue;
      this.documents.push({ kind, path: entry.path, account, id, named: false });
    }
  }

  /** Goes through a folder, reports what is stray, and returns what `place` keeps for later. */
  private sort(
    folder: string,
    place: Place,
    decide: (entry: TreeEntry, name: string) => "placed" | "kept" | "stray",
  ): readonly TreeEntry[] {
    const entries = this.children.get(folder) ?? [];
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

  private isNamed(entry: TreeEntry, kind: "account" | "customer" | "pool", id: string): boolean {
    const refused = idSchema.safeParse(id).error?.issues[0];
    if (!refused) return true;
    const folder = entry.path.slice(0, Math.max(0, entry.path.lastIndexOf("/")));
    const siblings = (this.children.get(folder) ?? []).filter((other) => other !== entry).map(nameOf);
    const twin = siblings.find((other) => other.toLowerCase() === nameOf(entry).toLowerCase());
    const suggestion = suggestId(id);
    const better =
      suggestion === undefined ? undefined : entry.kind === "file" ? `${suggestion}.yaml` : suggestion;
    const advice =
      twin !== undefined
        ? `${twin} differs only in case: keep one of the two`
        : better === undefined || siblings.includes(better)
          ? "rename it"
          : `rename it to ${better}`;
    this.report(
      entry.path,
      `${quoted(id)} is not valid as the id of ${kind === "account" ? "an account" : `a ${kind}`}; ${refused.message}; ${advice}`,
    );
    return false;
  }

  private report(path: string, message: string): void {
    this.problems.addFile(printable(`${this.rootName}/${path}`), message);
  }
}
