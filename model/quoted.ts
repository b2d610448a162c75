const LONGEST = 100;

/** Runs of characters as keys, tokens and hashes have them, and the beginnings of well-known ones. */
const SECRET =
  /PRIVATE KEY|[A-Za-z0-9+/_=]{32,}|\b[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-|\b(?:gh[a-z]_|glpat-|AKIA|AIza|ya29\.|xox[a-z]-|eyJ)/;

/**
 * A text as messages show it: in double quotes, what is invisible written as escapes, cut after 100 characters. What
 * looks like a secret that was pasted into the wrong place is not repeated.
 */
export function quoted(text: string): string {
  if (SECRET.test(text)) return `a text of ${text.length} characters that may be a secret (not shown)`;
  return printable(JSON.stringify(shortened(text)));
}

/** The first 100 characters of a text. */
export function shortened(text: string): string {
  const characters = [...text.slice(0, 2 * LONGEST + 2)];
  return characters.length > LONGEST ? `${characters.slice(0, LONGEST).join("")}…` : text;
}

/** Text with characters that are invisible, or move others, written as escapes. */
export const printable = (text: string): string =>
  text.replace(
    /[\0-\x1f\x7f-\xa0\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]|\p{Surrogate}/gu,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
