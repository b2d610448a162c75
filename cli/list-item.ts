/** A note as a list item of at most 100 characters a line. */
export function listItem(note: string): string {
  const lines: string[] = [];
  for (const word of note.split(" ")) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + word.length < 97) lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return `- ${lines.join("\n  ")}`;
}
