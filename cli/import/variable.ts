import type { LocatedProblem } from "../../config/load-fleet";

/** A value as it is written in a source: text, a number, true or false, nothing, a list or a map. */
export type Plain = string | number | boolean | null | readonly Plain[] | { readonly [key: string]: Plain };

/** One variable of a predecessor, with the place where it is written. */
export interface Variable {
  /** As it is written; of a map's entry with its path, such as `autoscaler.max_replicas`. */
  readonly name: string;
  /** Path below the imported folder, with forward slashes. */
  readonly file: string;
  /** Line, from 1. */
  readonly line: number;
  /** Null where `unread` says why it is not known. */
  readonly value: Plain;
  /** Why the value cannot be known from the files, as a sentence without full stop. */
  readonly unread?: string;
  /** Its value is never shown and never written. */
  readonly secret?: boolean;
}

/** Variables of one folder that becomes a pool, or that says something about its account only. */
export interface Scope {
  /** Where it is, for messages; empty for the imported folder itself. */
  readonly folder: string;
  /** Those that count where a name is written several times come first. */
  readonly variables: readonly Variable[];
}

/** What becomes one account. */
export interface AccountSource {
  readonly account: string;
  readonly scopes: readonly Scope[];
}

/** What was found below a folder. */
export interface SourceRead {
  readonly accounts: readonly AccountSource[];
  /** Files that were read. */
  readonly files: readonly string[];
  /** Files that cannot be read at all; then nothing is imported. */
  readonly problems: readonly LocatedProblem[];
}

/** `group_vars/jitsi/vars:3` */
export const placeOf = ({ file, line }: Pick<Variable, "file" | "line">): string => `${file}:${line}`;

export const isMap = (value: Plain): value is { readonly [key: string]: Plain } =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** Entries of maps become variables of their own: `gcp = { region = … }` becomes `gcp.region`. */
export function flattened(variable: Variable, lineOf: (path: string) => number | undefined): Variable[] {
  const { name, value } = variable;
  const entries: [string, Plain][] = isMap(value)
    ? Object.entries(value).map(([key, inner]) => [`${name}.${key}`, inner])
    : Array.isArray(value) && value.length > 0 && value.every(isMap)
      ? value.map((inner, index) => [`${name}[${index}]`, inner])
      : [];
  if (entries.length === 0) return [variable];
  return entries.flatMap(([path, inner]) =>
    flattened({ ...variable, name: path, value: inner, line: lineOf(path) ?? variable.line }, lineOf),
  );
}
