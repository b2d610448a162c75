import { comment } from "./comment";

/** Stands for `${NAME}`: the program that reads the file takes the value from its environment, and fails without it. */
export class FromEnvironment {
  constructor(readonly name: string) {
    if (!/^[A-Z_][A-Z0-9_]*$/.test(name)) {
      throw new Error(
        `"${name}" is no name of an environment variable; use capital letters, digits and underscores`,
      );
    }
  }
}

export type HoconValue = string | number | boolean | FromEnvironment | readonly HoconValue[] | HoconObject;
export interface HoconObject {
  readonly [key: string]: HoconValue;
}

/** Settings that belong together, and why they differ from the program's defaults. */
export interface HoconSection {
  readonly why?: string;
  readonly settings: HoconObject;
}

/**
 * HOCON in the order of the object. A chain of single keys is one path, so a lone setting is one line; several
 * settings with a common path are a block. Strings are always quoted, durations and sizes included ("45 seconds").
 *
 * @throws Error for a number that HOCON cannot hold.
 */
export const toHocon = (settings: HoconObject): string =>
  Object.entries(settings)
    .flatMap(([key, value]) => lines([key], value))
    .map((line) => `${line}\n`)
    .join("");

/** A HOCON file of sections, a blank line between them. */
export const renderHoconFile = (sections: readonly HoconSection[]): string =>
  sections.map(({ why, settings }) => comment(why ?? "") + toHocon(settings)).join("\n");

function lines(path: readonly string[], value: HoconValue): string[] {
  const entries = isObject(value) ? Object.entries(value) : [];
  const [only] = entries;
  if (only && entries.length === 1) return lines([...path, only[0]], only[1]);

  const name = path.map(element).join(".");
  if (entries.length === 0) return [`${name} = ${inline(value)}`];
  const inner = entries.flatMap(([key, child]) => lines([key], child));
  return [`${name} {`, ...inner.map((line) => `  ${line}`), "}"];
}

/** One element of a path; quoted unless it is plainly a key. `include` alone would read another file. */
const element = (key: string): string =>
  /^[A-Za-z][A-Za-z0-9_-]*$/.test(key) && key !== "include" ? key : quote(key);

/** A value on one line. */
function inline(value: HoconValue): string {
  if (value instanceof FromEnvironment) return `\${${value.name}}`;
  if (isList(value)) return `[${value.map(inline).join(", ")}]`;
  if (isObject(value)) {
    return `{${Object.entries(value)
      .map(([key, inner]) => `${element(key)} = ${inline(inner)}`)
      .join(", ")}}`;
  }
  if (typeof value === "number" && !Number.isFinite(value)) throw new Error(`${value} is no number in HOCON`);
  return typeof value === "string" ? quote(value) : String(value);
}

/** HOCON's quoted strings are JSON's. */
const quote = (text: string): string => JSON.stringify(text);

const isList = (value: HoconValue): value is readonly HoconValue[] => Array.isArray(value);

const isObject = (value: HoconValue): value is HoconObject =>
  typeof value === "object" && !isList(value) && !(value instanceof FromEnvironment);
