import type { FieldPath } from "../model/problem";
import type { YamlNode } from "./yaml-node";

const LONGEST_SHOWN = 60;
const MOST_ITEMS_SHOWN = 4;

/** Runs of characters as keys, tokens and hashes have them, and the beginnings of well-known ones. */
const SECRET =
  /PRIVATE KEY|[A-Za-z0-9+/_=]{32,}|\b[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-|\b(?:gh[a-z]_|glpat-|AKIA|AIza|ya29\.|xox[a-z]-|eyJ)/;

/** True for a key that promises a secret; `secretsVersion` is a number that the model knows. */
export const namesSecret = (key: string): boolean =>
  key !== "secretsVersion" &&
  /pass(?:word|phrase)|secret|token|credential|api[-_]?key|private[-_]?key/i.test(key);

/** Text in quotes with what is invisible written as escapes, shortened; never what looks like a secret. */
export function showText(text: string): string {
  if (SECRET.test(text)) return `a text of ${text.length} characters that may be a secret (not shown)`;
  return printable(JSON.stringify(shortened(text)));
}

/** Text with characters that are invisible, or move others, written as escapes. */
export const printable = (text: string): string =>
  text.replace(
    /[\0-\x1f\x7f-\xa0\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]|\p{Surrogate}/gu,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );

/** The value as its file says it: `"a b"`, `1.10`, `[abc, xyz]`. */
export function showNode(node: YamlNode): string {
  if (isSecretField(node.path)) return "the value (not shown)";
  if (node.kind === "map") return "a map";
  if (node.kind === "list") {
    const shown = node.items.slice(0, MOST_ITEMS_SHOWN).map(showNode);
    return `[${shown.join(", ")}${node.items.length > MOST_ITEMS_SHOWN ? ", …" : ""}]`;
  }
  if (node.value === null) return "an empty value";
  return typeof node.value === "string" ? showText(node.value) : shortened(node.text);
}

/** SSH keys too: who pastes the wrong half of a pair must not find it in a log. */
const isSecretField = (path: FieldPath): boolean =>
  path.some((part) => typeof part === "string" && (part === "sshKeys" || namesSecret(part)));

function shortened(text: string): string {
  const characters = [...text.slice(0, 4 * LONGEST_SHOWN)];
  return characters.length > LONGEST_SHOWN ? `${characters.slice(0, LONGEST_SHOWN - 1).join("")}…` : text;
}
