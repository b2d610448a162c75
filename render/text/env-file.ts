import { comment } from "./comment";

/** Variables that belong together, and why they are set where a reader would ask. */
export interface EnvSection {
  readonly why?: string;
  readonly variables: Readonly<Record<string, string | number>>;
}

/** Values that docker compose takes as they are, without quotes. */
const PLAIN = /^[A-Za-z0-9_./:,;@%+=-]*$/;

/**
 * An `env_file` of docker compose: sections in the given order, a blank line between them.
 *
 * @throws Error for a variable that two sections set, and for a value that no quoting of such a file can hold.
 */
export function renderEnvFile(sections: readonly EnvSection[]): string {
  const seen = new Set<string>();
  return sections
    .map(({ why, variables }) => {
      const lines = Object.entries(variables).map(([name, value]) => {
        if (seen.has(name)) throw new Error(`${name} is set by two sections of one env file; keep one`);
        seen.add(name);
        return `${name}=${quoted(name, String(value))}\n`;
      });
      return comment(why ?? "") + lines.join("");
    })
    .join("\n");
}

/** Within single quotes compose expands nothing: no `$`, no backslash, no `#`. */
function quoted(name: string, value: string): string {
  if (PLAIN.test(value)) return value;
  if (/['\\\r\n\0]/.test(value)) {
    throw new Error(
      `${name} holds a quote, a backslash or a line break, which an env file of docker compose cannot hold safely; ` +
        "refuse it in the model",
    );
  }
  return `'${value}'`;
}
