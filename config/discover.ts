import { quoted } from "../model/quoted";
import { idSchema } from "../model/schema/fields";
import type { AccountTree, TreeEntry } from "./account-tree";
import { nameOf, type Place } from "./explain-stray";
import { findWebFiles, type FoundWebFile, isCustomerFolder } from "./find-web-files";
import { Folders, NOTES } from "./folders";
import type { ProblemList } from "./problem-list";
import type { DocumentKind } from "./source-file";
import { suggestId } from "./suggest-id";

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
      "no such directory; allowed: the directory of the accounts; name it with --accounts, or begin with npx fleet new account",
    );
    return { documents: [], webFiles: [] };
  }
  const finder = new Finder(tree.name, new Folders(tree.name, tree.entries, problems), problems);
  finder.root();
  return finder;
}

class Finder implements Found {
  readonly documents: FoundDocument[] = [];
  readonly webFiles: FoundWebFile[] = [];

  constructor(
    private readonly rootName: string,
    private readonly folders: Folders,
    private readonly problems: ProblemList,
  ) {}

  root(): void {
    const accounts = this.folders.sort("", ROOT, (entry, name) => {
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
    const lists = this.folders.sort(folder.path, ACCOUNT, (entry, name) => {
      if (entry.kind === "file" && name === "account.yaml") {
        this.documents.push({ kind: "account", path, account, id: account, named });
        return "placed";
      }
      return entry.kind === "directory" && (name === "customers" || name === "pools") ? "kept" : "stray";
    });
    const resembles = /^account\.ya?ml$/i; // another spelling is reported as such
    if (!this.folders.in(folder.path).some((entry) => resembles.test(nameOf(entry)))) {
      const message =
        "missing; every account folder has one; copy another account's and edit it, or remove the folder";
      this.folders.report(path, message);
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
    const files = this.folders.sort(folder.path, place, (entry, name) => {
      if (kind === "customer" && isCustomerFolder(entry)) return "placed";
      return entry.kind === "file" && /^[^.].*\.yaml$/.test(name) ? "kept" : "stray";
    });
    const first = this.documents.length;
    for (const file of files) {
      const id = nameOf(file).replace(/\.yaml$/, "");
      const named = this.isNamed(file, kind, id) && accountNamed;
      this.documents.push({ kind, path: file.path, account, id, named });
    }
    this.misnamed(folder, kind, account);
    if (kind === "customer") {
      const ids = new Set(this.documents.slice(first).map(({ id }) => id));
      this.webFiles.push(...findWebFiles(this.folders, folder, account, ids));
    }
  }

  /** Files with another ending, which is reported, are read too, so that nothing complains of the entity's absence. */
  private misnamed(folder: TreeEntry, kind: "customer" | "pool", account: string): void {
    const entries = this.folders.in(folder.path);
    for (const entry of entries) {
      const id = /^([^.].*)\.(?:yml|YAML|YML)$/.exec(nameOf(entry))?.[1];
      if (id === undefined || entry.kind !== "file") continue;
      if (entries.some((other) => nameOf(other) === `${id}.yaml`)) continue;
      this.documents.push({ kind, path: entry.path, account, id, named: false });
    }
  }

  private isNamed(entry: TreeEntry, kind: "account" | "customer" | "pool", id: string): boolean {
    const refused = idSchema.safeParse(id).error?.issues[0];
    if (!refused) return true;
    const siblings = this.folders.beside(entry).map(nameOf);
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
    this.folders.report(
      entry.path,
      `${quoted(id)} is not valid as the id of ${kind === "account" ? "an account" : `a ${kind}`}; ${refused.message}; ${advice}`,
    );
    return false;
  }
}
