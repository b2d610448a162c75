import { join, resolve } from "node:path";
import { existsSync, lstatSync } from "node:fs";
import { loadFleetFrom, type LocatedProblem } from "../../config/load-fleet";
import { scanAccounts } from "../../config/scan-accounts";
import { buildCatalog, type Catalog } from "../../model/catalog";
import { loadAccounts } from "../load-accounts";
import type { Terminal } from "../terminal";

/** The accounts directory as it is before an import. */
export interface AccountsDirectory {
  readonly catalog: Catalog;
  /** What is wrong with it already; then nothing can be added. */
  readonly problems: readonly LocatedProblem[];
  /** Errors and warnings that it would have with these files, by path below it; only those about them. */
  readonly problemsWith: (files: ReadonlyMap<string, string>) => readonly LocatedProblem[];
  /** Whether something is called so there. */
  readonly has: (account: string) => boolean;
  /** Ranges of its accounts' subnets. */
  readonly ranges: readonly string[];
  /** The account of a customer of this id, if there is one. */
  readonly accountOfCustomer: (id: string) => string | undefined;
}

export function openAccounts(terminal: Terminal, root: string): AccountsDirectory {
  const exists = existsSync(root);
  const loaded = exists ? loadAccounts(terminal, root) : undefined;
  const name = exists ? scanAccounts(root).name : resolve(root).split("/").at(-1)!;
  return {
    catalog: loaded?.ok ? loaded.fleet.catalog : buildCatalog(),
    problems: loaded && !loaded.ok && !isEmptyDirectory(root) ? loaded.problems : [],
    has: (account) => lstatSync(join(root, account), { throwIfNoEntry: false }) !== undefined,
    ranges: loaded?.ok
      ? loaded.fleet.accounts.flatMap(({ gcp }) => Object.values(gcp?.network.regions ?? {}))
      : [],
    accountOfCustomer: (id) =>
      loaded?.ok ? loaded.fleet.customers.find((customer) => customer.id === id)?.account : undefined,
    problemsWith: (files) => {
      const all = new Map<string, Uint8Array>();
      const tree = scanAccounts(root);
      for (const entry of (exists && tree.entries) || []) {
        const bytes = entry.kind === "file" ? tree.read(entry.path) : "";
        if (typeof bytes !== "string") all.set(`${name}/${entry.path}`, bytes);
      }
      for (const [path, text] of files) all.set(`${name}/${path}`, Buffer.from(text));
      const together = loadFleetFrom(all);
      const known = new Set(loaded?.ok ? loaded.warnings.map((each) => JSON.stringify(each)) : []);
      return (together.ok ? together.warnings : together.problems).filter(
        (each) => !known.has(JSON.stringify(each)),
      );
    },
  };
}

/** A directory without an account is no fleet, and yet a place for the first one. */
const isEmptyDirectory = (root: string): boolean =>
  !(scanAccounts(root).entries ?? []).some(({ kind }) => kind !== "file");
