import { comment } from "./comment";

export type TomlValue = string | number | boolean | readonly string[];

/** One table, or one entry of an array of tables, such as `[[inputs.cpu]]`. */
export interface TomlSection {
  readonly why?: string;
  /** With its brackets: `[agent]`, `[[inputs.cpu]]`. */
  readonly header: string;
  readonly settings: Readonly<Record<string, TomlValue>>;
  /** Tables below it, by name; they come last, because what follows one belongs to it. */
  readonly tables?: Readonly<Record<string, Readonly<Record<string, TomlValue>>>>;
}

/** A TOML file of sections in the given order, a blank line between them; keys are bare. */
export const renderTomlFile = (sections: readonly TomlSection[]): string =>
  sections.map(renderSection).join("\n");

function renderSection({ why, header, settings, tables = {} }: TomlSection): string {
  const name = header.replace(/^\[+|\]+$/g, "");
  const inner = Object.entries(tables).map(
    ([table, content]) => `  [${name}.${table}]\n${lines(content, 4)}`,
  );
  return comment(why ?? "") + `${header}\n${lines(settings, 2)}` + inner.join("");
}

const lines = (settings: Readonly<Record<string, TomlValue>>, indent: number): string =>
  Object.entries(settings)
    .map(([key, value]) => `${" ".repeat(indent)}${key} = ${inline(value)}\n`)
    .join("");

/** TOML's basic strings take JSON's escapes. */
const inline = (value: TomlValue): string => {
  if (typeof value === "number" && !Number.isFinite(value)) throw new Error(`${value} is no number in TOML`);
  return isList(value) ? `[${value.map(inline).join(", ")}]` : JSON.stringify(value);
};

const isList = (value: TomlValue): value is readonly string[] => Array.isArray(value);
