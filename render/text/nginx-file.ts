import { comment } from "./comment";

/** Directives that belong together, one a line, and why they are there. */
export interface NginxSection {
  readonly why?: string;
  readonly lines: readonly string[];
}

/** A file that nginx includes; sections in the given order, a blank line between them. */
export const renderNginxFile = (sections: readonly NginxSection[]): string =>
  sections.map(({ why, lines }) => comment(why ?? "") + lines.map((line) => `${line}\n`).join("")).join("\n");

/**
 * A value in double quotes.
 *
 * @throws Error for characters that mean something to nginx within quotes
 */
export function nginxQuoted(value: string): string {
  if (/["\\$\r\n\0]/.test(value)) {
    throw new Error(
      `"${value}" holds a quote, a backslash, a dollar sign or a line break; refuse it in the model`,
    );
  }
  return `"${value}"`;
}
