/**
 * What stands for what in the usage of a command: `<pool>` is a pool everywhere, as an argument and as the value of an
 * option. `<customer|pool>` is one of several, `<policy,...>` a list. Completion knows the words of each kind by these
 * names, so a command needs to say nothing more.
 */

/** Found in the names of files below the accounts directory. */
export const NAMES_OF_DATA = ["account", "customer", "pool", "stack"] as const;
export type NameOfData = (typeof NAMES_OF_DATA)[number];

/** Completed by the shell. */
export const NAMES_OF_FILES = ["directory", "file", "file.csv"] as const;
export type NameOfFile = (typeof NAMES_OF_FILES)[number];

/** A new name, or one that only a person knows: nothing is proposed. */
export const FREE_NAMES: readonly string[] = [
  "address",
  "days",
  "duration",
  "id",
  "machine",
  "name",
  "number",
  "text",
  "year-month",
];

export const isNameOfData = (kind: string): kind is NameOfData =>
  (NAMES_OF_DATA as readonly string[]).includes(kind);

export const isNameOfFile = (kind: string): kind is NameOfFile =>
  (NAMES_OF_FILES as readonly string[]).includes(kind);

/** The kinds of `customer|pool`; a list such as `policy,...` is one of its items' kind. */
export const kindsOf = (valueName: string): readonly string[] => valueName.replace(/,\.\.\.$/, "").split("|");

export const isList = (valueName: string): boolean => valueName.endsWith(",...");
