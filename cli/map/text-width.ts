/** Widths of letters in the widest of the usual fonts (DejaVu Sans), in parts of the letter's height. */
const WIDTHS: readonly (readonly [RegExp, number])[] = [
  [/[ijl.,:;'|!]/, 0.34],
  [/[-()[\] ftrI/]/, 0.41],
  [/[mwMW@%]/, 0.99],
  [/[A-Z]/, 0.74],
  [/[0-9]/, 0.64],
];
const OTHERS = 0.63;
const BOLD = 1.12;

/** The width that a text has at most, whichever usual font draws it. */
export function textWidth(words: string, size: number, isBold = false): number {
  let width = 0;
  for (const letter of words) width += WIDTHS.find(([letters]) => letters.test(letter))?.[1] ?? OTHERS;
  return width * size * (isBold ? BOLD : 1);
}

/** The text, or as much of its beginning as fits, with an ellipsis. */
export function fitted(words: string, size: number, width: number, isBold = false): string {
  if (textWidth(words, size, isBold) <= width) return words;
  const letters = [...words];
  while (letters.length > 0 && textWidth(`${letters.join("")}…`, size, isBold) > width) letters.pop();
  return `${letters.join("").trimEnd()}…`;
}
