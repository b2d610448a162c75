import { editScalar } from "../../config/edit-scalar";
import { type Loaded, loadFleetFrom, type LocatedProblem } from "../../config/load-fleet";
import { removeEntry } from "../../config/remove-entry";
import type { Fleet } from "../../model/fleet";
import type { Clash, FieldPath } from "../../model/problem";
import { parseIpv4Network } from "../../model/ipv4-network";
import type { Place } from "./place";
import { type Chosen, suggestValue } from "./suggest-value";

/** A problem that a copied account brings about. */
export type ClashProblem = LocatedProblem & { readonly clash: Clash };

/** One line that was mended; `to` is null where it went away. The place is where it was, in the file's old name. */
export interface CloneFix extends Place {
  readonly from: string;
  readonly to: string | null;
}

type Files = ReadonlyMap<string, Uint8Array>;

/** In this order, because a bucket is called after its project and a host name after its customer and domain. */
const ORDER: readonly Clash["kind"][] = [
  "project",
  "state-bucket",
  "domain",
  "range",
  "customer-id",
  "hostname",
  "host-key",
];

/** Short, and nobody's. */
const ANY_ID = "q0q0q";

/** The accounts directory in memory, in which a copied account is mended line by line. */
export class CloneRepair {
  /** What was done so far. */
  readonly fixes: CloneFix[] = [];
  private loaded: Loaded;
  /** The last edit that was tried: what has no problem is mostly what is taken. */
  private tried: { readonly key: string; readonly files: Files; readonly loaded: Loaded } | undefined;
  private readonly before = new Map<string, Place>();
  /** Old names of files by their new ones. */
  private readonly oldNames = new Map<string, string>();
  private readonly chosen = new Map<
    string,
    { values: Map<Clash["kind"], { from: string; to: string }>; range?: string }
  >();

  /** @param copies the accounts to change; all others were there before them */
  constructor(
    private files: Files,
    private readonly synthesized: ReadonlySet<string>,
    private readonly copies: ReadonlySet<string>,
  ) {
    this.loaded = this.load(files);
    for (const { file, line, column, field } of allClashesOf(this.loaded))
      this.before.set(`${file} ${field}`, { file, line, column, field });
  }

  /** Where a problem is on disk. */
  placeOf({ file, line, column, field }: Place): Place {
    const oldName = this.oldNames.get(file) ?? file;
    return this.before.get(`${oldName} ${field}`) ?? { file: oldName, line, column, field };
  }

  /** Shared values that are written so that no program can change them alone. */
  byHand(): readonly Place[] {
    return allClashesOf(this.loaded).filter(
      ({ clash: { kind, copy, value }, file, field }) =>
        this.copies.has(copy) &&
        kind !== "customer-id" &&
        this.withEdit(this.files, file, (text) =>
          kind === "host-key" ? removeEntry(text, pathOf(field)) : editScalar(text, pathOf(field), value),
        ) === undefined,
    );
  }

  /** The fleet with what was done so far. */
  get fleet(): Fleet {
    return fleetOf(this.loaded);
  }

  /** The files as they are to be. */
  get result(): Files {
    return this.files;
  }

  /** The next shared value, if there is one. */
  next(): ClashProblem | undefined {
    return clashesOf(this.loaded)
      .filter(({ clash: { copy } }) => this.copies.has(copy))
      .sort((a, b) => ORDER.indexOf(a.clash.kind) - ORDER.indexOf(b.clash.kind))[0];
  }

  /** What could stand in place of the value; undefined where nothing comes to mind. */
  suggestion({ clash, file }: ClashProblem): string | undefined {
    const { values, range } = this.chosenOf(clash.copy);
    const chosen: Chosen = { values, ...(range !== undefined && { lastRange: parseIpv4Network(range) }) };
    return suggestValue(clash, customerOf(file), chosen, fleetOf(this.loaded));
  }

  /** Why a value cannot stand there: what the same rules say of it. */
  problemOf(problem: ClashProblem, value: string): string | undefined {
    const edit = this.try(problem, value);
    if (typeof edit === "string") return edit;
    if (problem.clash.kind !== "customer-id")
      return errorsOf(edit.loaded).find(({ file, field }) => file === problem.file && field === problem.field)
        ?.message;
    return this.problemOfId(problem, value, edit.loaded);
  }

  /** A new id reaches further than its file: names are made of it, and pools name it. */
  private problemOfId(problem: ClashProblem, id: string, loaded: Loaded): string | undefined {
    const place = renamedFile(problem, id);
    const before = new Set(
      errorsOf(this.loaded)
        .filter(({ clash }) => !clash)
        .map(({ file, field }) => `${file === problem.file ? place : file} ${field}`),
    );
    const found = errorsOf(loaded).filter(
      ({ file, field, clash }) =>
        (file === place && field === "") || (!clash && !before.has(`${file} ${field}`)),
    );
    if (found.length === 0) return undefined;
    // What is said of any id is not this one's fault: a customer without a bridge has none under every name.
    const anyEdit = this.try(problem, ANY_ID);
    const anyway = new Set(
      typeof anyEdit === "string"
        ? []
        : errorsOf(anyEdit.loaded).map(({ message }) => message.replaceAll(ANY_ID, id)),
    );
    // The rules speak of a file that is there.
    return found
      .find(({ message }) => !anyway.has(message))
      ?.message.replace(/; rename (?:it|this file).*$/, "; choose another id");
  }

  /** Puts a value that has no problem in its place, and follows the references to it. */
  fix(problem: ClashProblem, value: string): void {
    const edit = this.try(problem, value);
    if (typeof edit === "string") throw new Error(`${problem.file}: ${edit}`);
    const { clash } = problem;
    const followers = clash.kind === "customer-id" ? this.servedIn(clash) : [];
    const to = clash.kind === "host-key" ? null : value;
    for (const place of [problem, ...followers])
      this.fixes.push({ ...this.placeOf(place), from: clash.value, to });
    if (clash.kind === "customer-id") this.oldNames.set(renamedFile(problem, value), problem.file);
    const chosen = this.chosenOf(clash.copy);
    chosen.values.set(clash.kind, { from: clash.value, to: value });
    if (clash.kind === "range") chosen.range = value;
    this.files = edit.files;
    this.loaded = edit.loaded;
  }

  private try(problem: ClashProblem, value: string): Exclude<typeof this.tried, undefined> | string {
    const key = JSON.stringify([problem.file, problem.field, value]);
    if (this.tried?.key === key) return this.tried;
    const files = this.edited(problem, value);
    if (typeof files === "string") return files;
    return (this.tried = { key, files, loaded: this.load(files) });
  }

  private load(files: Files): Loaded {
    return loadFleetFrom(files, { synthesized: this.synthesized, copies: this.copies });
  }

  private chosenOf(account: string) {
    const found = this.chosen.get(account) ?? {
      values: new Map<Clash["kind"], { from: string; to: string }>(),
    };
    this.chosen.set(account, found);
    return found;
  }

  /** The files with the value in its place, or why that is for a person to do. */
  private edited(problem: ClashProblem, value: string): Files | string {
    const { clash, file, field } = problem;
    if (clash.kind === "customer-id") return this.withCustomer(problem, value);
    const path = pathOf(field);
    const edit = (text: string) =>
      clash.kind === "host-key" ? removeEntry(text, path) : editScalar(text, path, value);
    return (
      this.withEdit(this.files, file, edit) ??
      "the file cannot be changed by a program there; change it by hand"
    );
  }

  private withEdit(
    files: Files,
    file: string,
    edit: (text: string) => string | undefined,
  ): Files | undefined {
    const text = edit(Buffer.from(files.get(file)!).toString("utf8"));
    return text === undefined ? undefined : new Map([...files, [file, Buffer.from(text)]]);
  }

  /** The customer's file, and its folder of web files, under another name; pools of its account serve the new one. */
  private withCustomer({ file, clash }: ClashProblem, id: string): Files | string {
    const target = renamedFile({ file, clash }, id);
    if (this.files.has(target)) return `${target} is there already; choose another id`;
    const [folder, newFolder] = [file, target].map((path) => path.replace(/\.yaml$/, "/")) as [
      string,
      string,
    ];
    let files: Files = new Map(
      [...this.files].map(([path, bytes]) => [
        path === file ? target : path.startsWith(folder) ? newFolder + path.slice(folder.length) : path,
        bytes,
      ]),
    );
    for (const served of this.servedIn(clash)) {
      const next = this.withEdit(files, served.file, (text) => editScalar(text, pathOf(served.field), id));
      if (!next) return `${served.file} cannot be changed by a program there; change it by hand`;
      files = next;
    }
    return files;
  }

  /** Where pools of the copy name a customer by its shared id. */
  private servedIn({ copy, value }: Clash): readonly ClashProblem[] {
    return allClashesOf(this.loaded).filter(
      ({ clash }) => clash.kind === "served-id" && clash.copy === copy && clash.value === value,
    );
  }
}

/** `["serves", 1]` of `serves[1]`, `["gcp", "project"]` of `gcp.project`. */
const pathOf = (field: string): FieldPath => {
  const [, name = field, index] = /^(.*)\[([0-9]+)\]$/.exec(field) ?? [];
  return [...name.split("."), ...(index === undefined ? [] : [Number(index)])];
};

/** The shared values of a fleet; places that follow from another one are left out. */
export const clashesOf = (loaded: Loaded): ClashProblem[] =>
  allClashesOf(loaded).filter(({ clash }) => clash.kind !== "served-id");

const allClashesOf = (loaded: Loaded): ClashProblem[] =>
  errorsOf(loaded).filter((problem): problem is ClashProblem => problem.clash !== undefined);

const errorsOf = (loaded: Loaded): readonly LocatedProblem[] =>
  loaded.ok ? [] : loaded.problems.filter(({ severity }) => severity === "error");

const fleetOf = (loaded: Loaded) => (loaded.ok ? loaded.fleet : loaded.readable);

/** `abc` of `accounts/beta/customers/abc.yaml`. */
const customerOf = (file: string): string | undefined => /\/customers\/([^/]+)\.yaml$/.exec(file)?.[1];

const renamedFile = ({ file, clash }: Pick<ClashProblem, "file" | "clash">, id: string): string =>
  clash.kind === "customer-id" ? file.replace(/[^/]+$/, `${id}.yaml`) : file;
