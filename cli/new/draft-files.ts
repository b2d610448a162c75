import { basename, join, resolve } from "node:path";
import { type Loaded, loadFleetFrom, type LocatedProblem } from "../../config/load-fleet";
import type { AccountFilesRead } from "../../config/read-account-files";
import { quoted } from "../../model/quoted";
import { idSchema } from "../../model/schema/fields";
import type { Answers, Blueprint, Question, Surroundings } from "./blueprint";

/** The accounts directory with files that are not written yet, held against the same schemas and rules. */
export class DraftFiles {
  readonly around: Surroundings;
  private readonly before: ReadonlySet<string>;
  private last: { readonly key: string; readonly loaded: Loaded } | undefined;

  /** @param base the fleet without them, with or without problems */
  constructor(
    private readonly blueprint: Blueprint,
    accounts: string,
    base: Loaded,
    private readonly read: AccountFilesRead,
  ) {
    this.before = new Set(errorsOf(base).map(keyOf));
    this.around = {
      fleet: base.ok ? base.fleet : base.readable,
      files: read.files,
      root: basename(resolve(accounts)),
      load: (answers) => this.load(answers),
    };
  }

  /** The new and changed files, or why a person has to make them. */
  files(answers: Answers): ReadonlyMap<string, string> | string {
    return this.blueprint.files(answers, this.around);
  }

  /** A path of the disk for one of `files`. */
  static onDisk(accounts: string, path: string): string {
    return join(accounts, ...path.split("/").slice(1));
  }

  /** A file of the new entity that is there already. */
  existing(answers: Answers): string | undefined {
    const { root } = this.around;
    const { id, account } = answers;
    const start = {
      account: `${id}/`,
      customer: `${account}/customers/${id}.yaml`,
      pool: `${account}/pools/${id}.yaml`,
    };
    return [...this.read.files.keys()].find((path) =>
      path.startsWith(`${root}/${start[this.blueprint.kind]}`),
    );
  }

  /** What is wrong with one answer, when the rest stands in for what is not answered yet. */
  problemOf({ name, fields, problemOf }: Question, answers: Answers): string | undefined {
    const own = problemOf?.(answers[name]!, answers, this.around);
    if (own !== undefined) return own;
    if (name === "id") {
      // Held first: what is not an id may lead out of the folder that it names.
      const fault = idSchema.safeParse(answers[name]).error?.issues[0]?.message;
      if (fault !== undefined)
        return `${quoted(answers[name]!)} is not valid as the id of ${this.blueprint.kind === "account" ? "an" : "a"} ${this.blueprint.kind}; ${fault}`;
      const existing = this.existing(answers);
      if (existing !== undefined) return `${existing} is there already; choose another id`;
    }
    const files = this.files(answers);
    if (typeof files === "string") return files;
    const found = this.problems(answers).find(
      ({ file, field }) =>
        fields.some((path) => field === path || (path !== "" && new RegExp(`^${path}[.[]`).test(field))) &&
        (name !== "id" || [...files.keys()].some((path) => path.startsWith(file))),
    );
    // The rules speak of a file that is there.
    return name === "id" ? found?.message.replace(/; rename (?:it|this file).*$/, "") : found?.message;
  }

  /** Errors that were not there without the new files. */
  problems(answers: Answers): readonly LocatedProblem[] {
    return errorsOf(this.load(answers)).filter((problem) => !this.before.has(keyOf(problem)));
  }

  private load(answers: Answers): Loaded {
    const files = this.files(answers);
    if (typeof files === "string") return { ok: false, problems: [], readable: this.around.fleet };
    const key = JSON.stringify([...files]);
    if (this.last?.key === key) return this.last.loaded;
    const texts = [...files].map(([path, text]) => [path, Buffer.from(text)] as const);
    const { synthesized } = this.read;
    const loaded = loadFleetFrom(new Map([...this.read.files, ...texts]), { synthesized });
    this.last = { key, loaded };
    return loaded;
  }
}

const errorsOf = (loaded: Loaded): readonly LocatedProblem[] =>
  loaded.ok ? [] : loaded.problems.filter(({ severity }) => severity === "error");

const keyOf = ({ file, field, message }: LocatedProblem): string => JSON.stringify([file, field, message]);
