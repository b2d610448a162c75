/** Text as Terraform's jsonencode() writes it: keys sorted, no spaces, and `<`, `>`, `&` escaped for HTML. */
export function terraformJson(value: Readonly<Record<string, string>>): string {
  const sorted = Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)));
  return JSON.stringify(sorted).replace(
    /[<>&\u2028\u2029]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}
