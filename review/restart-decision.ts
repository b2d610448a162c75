/**
 * The definitions of programs/fleet-apply.py that decide which container starts anew: its definition as docker compose
 * reads it, and the label that says which mounted files it started with. Another text of one of them may give every
 * container another label, and then each starts anew, undrained.
 */
export const DECIDING = ["PROJECT", "digest", "rehearse", "label_of", "start"] as const;

/** True when two versions of fleet-apply decide in the same way what starts anew, by their very text. */
export const decideAlike = (before: string | undefined, after: string | undefined): boolean =>
  before === after || DECIDING.every((name) => sameDefinition(before ?? "", after ?? "", name));

const sameDefinition = (before: string, after: string, name: string): boolean => {
  const [was, is] = [before, after].map((program) => definitionIn(program, name));
  return was !== undefined && was === is;
};

/** A function or constant of a Python program, with its body; undefined when there is none of that name. */
export function definitionIn(program: string, name: string): string | undefined {
  const lines = program.split("\n");
  const first = lines.findIndex((line) => new RegExp(`^(?:def ${name}\\(|${name} = )`).test(line));
  if (first < 0) return undefined;
  const length = lines.slice(first + 1).findIndex((line) => /^\S/.test(line));
  return lines
    .slice(first, length < 0 ? undefined : first + 1 + length)
    .join("\n")
    .trimEnd();
}
