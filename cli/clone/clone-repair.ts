import { type Loaded, loadFleetFrom, type LocatedProblem } from "../../config/load-fleet";
import type { Fleet } from "../../model/fleet";
import type { Clash } from "../../model/problem";
import { parseIpv4Network } from "../../model/ipv4-network";
import { allClashesOf, type ClashProblem, clashesOf, errorsOf, renamedFile } from "./clashes";
import { editedFiles, type Files, withValue } from "./edited-files";
import type { Place } from "./place";
import { type Chosen, suggestValue } from "./suggest-value";

/** One line that was mended; `to` is null where it went away. The place is where it was, in the file's old name. */
export interface CloneFix extends Place {
  readonly from: string;
  readonly to: string | null;
}

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

/** Of which there may be hundreds, and the value of one has no say in the next. */
const ALIKE: readonly Clash["kind"][] = ["customer-id", "hostname", "host-key"];

/** Ids that are short, and nobody's. */
const anyId = (index: number): string => `q0q${index}q`;
const ANY_ID = /q0q([0-9]+)q/g;

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
      (problem) =>
        this.copies.has(problem.clash.copy) &&
        problem.clash.kind !== "customer-id" &&
        withValue(this.files, problem, problem.clash.value) === undefined,
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

  /** The shared values that are next: one, or all of a kind that can be mended together; empty when there is none. */
  next(): readonly ClashProblem[] {
    const all = clashesOf(this.loaded)
      .filter(({ clash: { copy } }) => this.copies.has(copy))
      .sort((a, b) => ORDER.indexOf(a.clash.kind) - ORDER.indexOf(b.clash.kind));
    const kind = all[0]?.clash.kind;
    return kind !== undefined && ALIKE.includes(kind)
      ? all.filter(({ clash }) => clash.kind === kind)
      : all.slice(0, 1);
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
    // The rules speak of a file that is there.
    return this.faultsOfIds(new Map([[problem, value]]), edit.loaded)[0]?.message.replace(
      /; rename (?:it|this file).*$/,
      "; choose another id",
    );
  }

  /** What new ids bring about. One reaches further than its file: names are made of it, and pools name it. */
  private faultsOfIds(ids: ReadonlyMap<ClashProblem, string>, loaded: Loaded): readonly LocatedProblem[] {
    const renames = new Map([...ids].map(([problem, id]) => [problem.file, renamedFile(problem, id)]));
    const places = new Set(renames.values());
    const before = new Set(
      errorsOf(this.loaded)
        .filter(({ clash }) => !clash)
        .map(({ file, field }) => `${renames.get(file) ?? file} ${field}`),
    );
    const found = errorsOf(loaded).filter(
      ({ file, field, clash }) =>
        (places.has(file) && field === "") || (!clash && !before.has(`${file} ${field}`)),
    );
    if (found.length === 0) return [];
    // What is said of any id is not this one's fault: a customer without a bridge has none under every name.
    const anyFiles = this.edited(new Map([...ids.keys()].map((problem, index) => [problem, anyId(index)])));
    const chosen = [...ids.values()];
    const anyway = new Set(
      typeof anyFiles === "string"
        ? []
        : errorsOf(this.load(anyFiles)).map(({ message }) =>
            message.replace(ANY_ID, (all, index: string) => chosen[Number(index)] ?? all),
          ),
    );
    return found.filter(({ message }) => !anyway.has(message));
  }

  /** Puts a value that has no problem in its place, and follows the references to it. */
  fix(problem: ClashProblem, value: string): void {
    const edit = this.try(problem, value);
    if (typeof edit === "string") throw new Error(`${problem.file}: ${edit}`);
    this.done(problem, value);
    this.files = edit.files;
    this.loaded = edit.loaded;
  }

  /**
   * Puts what is suggested in the places of several values of one kind, with one load of all files instead of one for each.
   *
   * @returns false, and nothing is done, when one of them is for a person or has a problem
   */
  fixTogether(problems: readonly ClashProblem[]): boolean {
    const values = new Map<ClashProblem, string>();
    for (const problem of problems) {
      const value = problem.clash.kind === "host-key" ? "" : this.suggestion(problem);
      if (value === undefined) return false;
      values.set(problem, value);
    }
    const files = this.edited(values);
    if (typeof files === "string") return false;
    const loaded = this.load(files);
    const places = new Set(problems.map(({ file, field }) => `${file} ${field}`));
    const found =
      problems[0]?.clash.kind === "customer-id"
        ? this.faultsOfIds(values, loaded)
        : errorsOf(loaded).filter(({ file, field }) => places.has(`${file} ${field}`));
    if (found.length > 0) return false;
    for (const [problem, value] of values) this.done(problem, value);
    this.files = files;
    this.loaded = loaded;
    return true;
  }

  /** Remembers what is done, before it is. */
  private done(problem: ClashProblem, value: string): void {
    const { clash } = problem;
    const to = clash.kind === "host-key" ? null : value;
    for (const place of [problem, ...this.servedBy(problem)])
      this.fixes.push({ ...this.placeOf(place), from: clash.value, to });
    if (clash.kind === "customer-id") this.oldNames.set(renamedFile(problem, value), problem.file);
    const chosen = this.chosenOf(clash.copy);
    chosen.values.set(clash.kind, { from: clash.value, to: value });
    if (clash.kind === "range") chosen.range = value;
  }

  private try(problem: ClashProblem, value: string): Exclude<typeof this.tried, undefined> | string {
    const key = JSON.stringify([problem.file, problem.field, value]);
    if (this.tried?.key === key) return this.tried;
    const files = this.edited(new Map([[problem, value]]));
    if (typeof files === "string") return files;
    return (this.tried = { key, files, loaded: this.load(files) });
  }

  /** The files with all values in their places, or why one of them is for a person. */
  private edited(values: ReadonlyMap<ClashProblem, string>): Files | string {
    let files = this.files;
    for (const [problem, value] of values) {
      const edited = editedFiles(files, problem, value, this.servedBy(problem));
      if (typeof edited === "string") return edited;
      files = edited;
    }
    return files;
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

  /** Where pools of the copy name a customer by its shared id. */
  private servedBy({ clash: { kind, copy, value } }: ClashProblem): readonly ClashProblem[] {
    if (kind !== "customer-id") return [];
    return allClashesOf(this.loaded).filter(
      ({ clash }) => clash.kind === "served-id" && clash.copy === copy && clash.value === value,
    );
  }
}

const fleetOf = (loaded: Loaded) => (loaded.ok ? loaded.fleet : loaded.readable);

/** `abc` of `accounts/beta/customers/abc.yaml`. */
const customerOf = (file: string): string | undefined => /\/customers\/([^/]+)\.yaml$/.exec(file)?.[1];
