/** Longest line of a comment, so that it fits a review beside its diff. */
const WIDTH = 110;

/** The text as `#` comment lines, broken between words; an empty text gives no line. Ends in a newline. */
export function comment(text: string): string {
  const lines: string[] = [];
  for (const word of text.split(/\s+/).filter(Boolean)) {
    const line = lines.at(-1);
    if (line !== undefined && line.length + 1 + word.length <= WIDTH)
      lines[lines.length - 1] = `${line} ${word}`;
    else lines.push(`# ${word}`);
  }
  return lines.map((line) => `${line}\n`).join("");
}
