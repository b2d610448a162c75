import { resolveScalar } from "../../config/resolve-scalar";
import { printable } from "../../model/quoted";
import type { Fields, Said } from "./draft";
import { isMap, type Plain } from "./variable";

/** Text that YAML reads as the same text without quotes. */
const PLAIN = /^[A-Za-z0-9](?:[A-Za-z0-9 ._/@+=<>()-]*[A-Za-z0-9._/@+=)-])?$/;

function scalar(value: Plain): string {
  if (typeof value !== "string") return String(value);
  return PLAIN.test(value) && typeof resolveScalar(value) === "string" ? value : JSON.stringify(value);
}

const flow = (value: Plain): string =>
  Array.isArray(value) ? `[${value.map((each: Plain) => scalar(each)).join(", ")}]` : scalar(value);

type Node = Map<string, Node | Said>;

/** A document in block style; behind each value, where it comes from. Keys are in the order of the fields. */
export function yamlText(fields: Fields): string {
  const root: Node = new Map();
  for (const [path, said] of fields) {
    const parts = path.split(".");
    let node = root;
    for (const part of parts.slice(0, -1)) {
      const inner = node.get(part);
      const next: Node = inner instanceof Map ? inner : new Map();
      if (next !== inner) node.set(part, next);
      node = next;
    }
    node.set(parts.at(-1)!, said);
  }
  return lines(root, "").join("");
}

function lines(node: Node, indent: string): string[] {
  return [...node].flatMap(([key, value]) => {
    if (value instanceof Map) return [`${indent}${key}:\n`, ...lines(value, `${indent}  `)];
    const from = value.from === "" ? "" : ` # ${printable(value.from)}`;
    if (!isMap(value.value)) return [`${indent}${key}: ${flow(value.value)}${from}\n`];
    const entries = Object.entries(value.value);
    if (entries.length === 0) return [`${indent}${key}: {}\n`];
    return [
      `${indent}${key}:${from}\n`,
      ...entries.map(([name, inner]) => `${indent}  ${name}: ${flow(inner)}\n`),
    ];
  });
}
