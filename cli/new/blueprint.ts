import type { Loaded } from "../../config/load-fleet";
import type { Fleet } from "../../model/fleet";

/** Answers so far, by the name of their flag: `machineType` for `--machine-type`. */
export type Answers = Readonly<Record<string, string | undefined>>;

/** What suggestions are made from. */
export interface Surroundings {
  /** The fleet without the new files. */
  readonly fleet: Fleet;
  /** Files by path from the parent of the accounts directory. */
  readonly files: ReadonlyMap<string, Uint8Array>;
  /** Name of the accounts directory. */
  readonly root: string;
  /** The fleet with the new files, made of these answers. */
  readonly load: (answers: Answers) => Loaded;
}

/** One thing that a new file needs to know. */
export interface Question {
  readonly name: string;
  /** As commander wants it: `--machine-type <type>`. */
  readonly flag: string;
  /** For the help of the flag. */
  readonly help: string;
  readonly text: string | ((answers: Answers, around: Surroundings) => string);
  /** Fields of the new files that the answer becomes; a problem there is the answer's. */
  readonly fields: readonly string[];
  /** What an empty answer means; undefined when a person must say it. */
  readonly fallback: (answers: Answers, around: Surroundings) => string | undefined;
  /** True when the answers before it do not help to suggest one: whoever gives no answers is told all of these at once. */
  readonly standsAlone?: true;
  /** Stands for the answer until it is given, so that those before it can be checked. */
  readonly standIn: string;
  /** False when other answers make this one needless. @default always asked */
  readonly isAsked?: (answers: Answers, around: Surroundings) => boolean;
  /** What the schemas and rules cannot know, as a sentence without full stop. */
  readonly problemOf?: (answer: string, answers: Answers, around: Surroundings) => string | undefined;
}

/** What `fleet new` asks for one kind of file, and what it makes of the answers. */
export interface Blueprint {
  readonly kind: "account" | "customer" | "pool";
  /** One of them is called `id`: it has no flag. */
  readonly questions: readonly Question[];
  /** New and changed files by path, or a sentence that says why a person has to do it. */
  readonly files: (answers: Answers, around: Surroundings) => ReadonlyMap<string, string> | string;
  /** What to do then, a line each. */
  readonly next: (answers: Answers, around: Surroundings) => readonly string[];
}

/** The question for the account of a new customer or pool. */
export const accountQuestion: Question = {
  name: "account",
  flag: "--account <account>",
  help: "account that it belongs to (default: the only one)",
  text: "Account",
  fields: [],
  standIn: "",
  fallback: (_, { fleet: { accounts } }) => (accounts.length === 1 ? accounts[0]!.id : undefined),
  problemOf: (answer, _, { fleet: { accounts } }) =>
    accounts.some(({ id }) => id === answer)
      ? undefined
      : `no account is called ${answer}; there are ${accounts.map(({ id }) => id).join(", ")}`,
};

export const accountOf = (answers: Answers, { fleet }: Surroundings) =>
  fleet.accounts.find(({ id }) => id === answers["account"]);
