/** The text with one account's name in place of another's, where it stands as a word: `acme-meet-prod`, `meet.acme.example`. */
export function renamed(text: string, from: string, to: string): string | undefined {
  const result = text.replace(new RegExp(`(?<![a-z0-9])${from}(?![a-z0-9])`, "g"), to);
  return result === text ? undefined : result;
}
