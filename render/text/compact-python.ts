/**
 * A Python program without its comments, blank lines and docstrings, for where every byte counts. A docstring that is all of a block stays: something must.
 *
 * Works on the text, so the programs keep to two habits: a comment on a line with code has two spaces before it, which
 * no string has before a `#`, and a docstring contains no double quotes.
 */
export const compactPython = (program: string): string => {
  const [interpreter, ...lines] = program.split("\n");
  const code = lines
    .filter((line) => !/^\s*(?:#.*)?$/.test(line))
    .map((line) => line.replace(/ {2}# .*$/, ""))
    .join("\n");
  return `${interpreter}\n${code.replace(/^"""[^"]*"""\n/, "")}\n`.replace(
    /^( +)"""[^"]*"""\n(?=\1\S)/gm,
    "",
  );
};
