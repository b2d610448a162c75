import type { Added, Draft, Entry } from "./draft";
import { fileOf } from "./draft";
import { shown } from "./shown";
import type { Adjusted } from "./account-files";
import type { Built } from "./build-draft";

/** What `fleet import --json` prints, and what the report says. */
export interface ImportResult {
  readonly source: "ansible" | "terragrunt";
  /** False for a dry run. */
  readonly written: boolean;
  readonly accounts: readonly string[];
  /** Below the accounts directory. */
  readonly files: readonly string[];
  /** Taken as they are. */
  readonly taken: readonly Entry[];
  /** Taken, and written as another value. */
  readonly changed: readonly Entry[];
  readonly dropped: readonly Entry[];
  readonly notUnderstood: readonly Entry[];
  /** What no variable says: flags, answers, what was inferred, defaults. */
  readonly added: readonly Added[];
}

export function importResult(
  source: ImportResult["source"],
  built: readonly Built[],
  files: readonly string[],
  written: boolean,
): ImportResult {
  const all = built.flatMap((each) => each.entries).sort(byPlace);
  // Accounts inherit what is written above them.
  const entries = [...new Map(all.map((entry) => [JSON.stringify(entry), entry])).values()];
  const of = (kind: Entry["kind"]): Entry[] => entries.filter((entry) => entry.kind === kind);
  return {
    source,
    written,
    accounts: built.map(({ draft }) => draft.account),
    files,
    taken: of("taken"),
    changed: of("changed"),
    dropped: of("dropped"),
    notUnderstood: of("notUnderstood"),
    added: built.flatMap(({ draft, entries: own }) => addedTo(draft, new Set(own.map(({ at }) => at)))),
  };
}

/** Entries that say what became of fields that could not stay as they were. */
export const adjustedEntries = (entries: readonly Entry[], adjusted: readonly Adjusted[]): Entry[] =>
  entries.map((entry): Entry => {
    const found = adjusted.find(({ from, field }) => from === entry.at && entry.to?.endsWith(` ${field}`));
    if (!found) return entry;
    const { at, variable } = entry;
    return found.written === undefined
      ? { kind: "dropped", at, variable, why: found.why }
      : { ...entry, kind: "changed", written: found.written, why: found.why };
  });

/** Fields whose value comes from no variable. */
function addedTo(draft: Draft, places: ReadonlySet<string>): Added[] {
  const files = [
    { file: fileOf(draft, "account"), fields: draft.accountFields },
    { file: fileOf(draft, "customer"), fields: draft.customerFields },
    ...draft.pools.map((pool) => ({ file: fileOf(draft, "pool", pool), fields: pool.fields })),
  ];
  return files.flatMap(({ file, fields }) =>
    [...fields]
      .filter(([, { from }]) => from !== "" && !from.split(", ").every((part) => places.has(part)))
      .map(([field, { value, from }]) => ({ to: `${file} ${field}`, value: shown(value), from })),
  );
}

/** By file, then by line as a number. */
function byPlace(a: Entry, b: Entry): number {
  const [[fileA, lineA], [fileB, lineB]] = [a, b].map(({ at }) => at.split(/:(?=\d+$)/)) as [
    string[],
    string[],
  ];
  return fileA! < fileB! ? -1 : fileA! > fileB! ? 1 : Number(lineA) - Number(lineB);
}
