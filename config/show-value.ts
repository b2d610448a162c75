import type { FieldPath } from "../model/problem";
import { quoted, shortened } from "../model/quoted";
import type { YamlNode } from "./yaml-node";

const MOST_ITEMS_SHOWN = 4;

/** True for a key that promises a secret; `secretsVersion` is a number that the model knows. */
export const namesSecret = (key: string): boolean =>
  key !== "secretsVersion" &&
  /pass(?:word|phrase)|secret|token|credential|api[-_]?key|private[-_]?key/i.test(key);

/** The value as its file says it: `"a b"`, `1.10`, `["abc", "xyz"]`; never what may be a secret. */
export function showNode(node: YamlNode): string {
  if (isSecretField(node.path)) return "the value (not shown)";
  if (node.kind === "map") return "a map";
  if (node.kind === "list") {
    const shown = node.items.slice(0, MOST_ITEMS_SHOWN).map(showNode);
    return `[${shown.join(", ")}${node.items.length > MOST_ITEMS_SHOWN ? ", …" : ""}]`;
  }
  if (node.value === null) return "an empty value";
  return typeof node.value === "string" ? quoted(node.value) : shortened(node.text);
}

/** SSH keys too: who pastes the wrong half of a pair must not find it in a log. */
export const isSecretField = (path: FieldPath): boolean =>
  path.some((part) => typeof part === "string" && (part === "sshKeys" || namesSecret(part)));
