/**
 * What stands for what in the usage of a command: `<pool>` is a pool everywhere, as an argument and as the value of an
 * option. `<customer|pool>` is one of several, `<policy,...>` a list, `<stacks...>` one or more. Completion knows the
 * words of each kind by these names, so a command needs to say nothing more.
 */

/** Found in the names of files below the accounts directory. */
export const NAMES_OF_DATA = ["account", "customer", "pool", "stack"] as const;
export type NameOfData = (typeof NAMES_OF_DATA)[number];

/** Completed by the shell. */
export const NAMES_OF_FILES = ["directory", "file", "file.csv"] as const;
export type NameOfFile = (typeof NAMES_OF_FILES)[number];

/** Kinds that stand for several. */
const ANY_OF: Readonly<Record<string, readonly NameOfData[]>> = {
  name: ["account", "customer", "pool"],
  target: ["customer", "pool", "stack"],
};

/** A number, a new name, or one that only a person knows: nothing is proposed. */
export const FREE_NAMES: readonly string[] = [
  "address",
  "answer",
  "bucket",
  "class",
  "customer=number",
  "customers", // how many
  "days",
  "domain",
  "duration",
  "field",
  "hostname",
  "id",
  "key",
  "machine",
  "member",
  "network",
  "number",
  "ref",
  "region",
  "shape",
  "stacks", // how many
  "text",
  "type",
  "year-month",
  "zone",
];

export const isNameOfData = (kind: string): kind is NameOfData =>
  (NAMES_OF_DATA as readonly string[]).includes(kind);

export const isNameOfFile = (kind: string): kind is NameOfFile =>
  (NAMES_OF_FILES as readonly string[]).includes(kind);

/** The kinds of `customer|pool`; a list such as `policy,...` is of its items' kind, and so are repeated `stacks`. */
export function kindsOf(valueName: string, isVariadic = false): readonly string[] {
  const names = valueName.replace(/,\.\.\.$/, "").split("|");
  return names.flatMap((name): readonly string[] => {
    const singular = name.replace(/s$/, "");
    const kind = isVariadic && (isNameOfData(singular) || Object.hasOwn(ANY_OF, singular)) ? singular : name;
    return ANY_OF[kind] ?? [kind];
  });
}

export const isList = (valueName: string): boolean => valueName.endsWith(",...");
