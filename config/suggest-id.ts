import { ID_PATTERN, MAX_ID_LENGTH } from "../model/schema/fields";

/**
 * A valid id that resembles a name, or undefined when nothing of the name is left: `ACME Corp` becomes `acme-corp`. A
 * long one is cut, between words where it has any.
 */
export function suggestId(name: string): string | undefined {
  const full = name
    .normalize("NFKD")
    .toLowerCase()
    .replace(/\p{M}/gu, "")
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^[^a-z]+/, "")
    .replace(/-$/, "");
  const cut = full.slice(0, MAX_ID_LENGTH + 1).replace(/-[^-]*$/, "");
  const id = full.length <= MAX_ID_LENGTH ? full : cut.slice(0, MAX_ID_LENGTH);
  return ID_PATTERN.test(id) ? id : undefined;
}
