import type { FieldPath } from "../model/problem";
import type { SourceFile } from "./source-file";

/** Where a node is written. Merging keeps nodes as they are, so a merged tree knows the origin of each leaf. */
interface Written {
  readonly source: SourceFile;
  /** Path in that file, which is longer than the path in the merged document for a layer's section. */
  readonly path: FieldPath;
  /** Offset of the value. */
  readonly offset: number;
  /** Offset of the key; undefined for list items and for the root. */
  readonly keyOffset: number | undefined;
}

export type Scalar = string | number | boolean | null;

export interface ScalarNode extends Written {
  readonly kind: "scalar";
  readonly value: Scalar;
  /** The characters between the quotes, or of the unquoted value: `1.10` where the value is 1.1. */
  readonly text: string;
  readonly quoted: boolean;
}

export interface ListNode extends Written {
  readonly kind: "list";
  readonly items: readonly YamlNode[];
  /** Written with brackets. */
  readonly flow: boolean;
}

export interface MapNode extends Written {
  readonly kind: "map";
  readonly entries: ReadonlyMap<string, YamlNode>;
  /** Written with braces. */
  readonly flow: boolean;
}

export type YamlNode = ScalarNode | ListNode | MapNode;

/** The node at a path, or undefined when nothing is written there. */
export function nodeAt(root: YamlNode, path: FieldPath): YamlNode | undefined {
  let node: YamlNode | undefined = root;
  for (const part of path) {
    if (node?.kind === "map" && typeof part === "string") node = node.entries.get(part);
    else if (node?.kind === "list" && typeof part === "number") node = node.items[part];
    else return undefined;
  }
  return node;
}

/** Plain data. Maps have no prototype, so that no key of a file can meet one of Object's. */
export function plainOf(node: YamlNode): unknown {
  if (node.kind === "scalar") return node.value;
  if (node.kind === "list") return node.items.map(plainOf);
  const plain = Object.create(null) as Record<string, unknown>;
  for (const [key, value] of node.entries) plain[key] = plainOf(value);
  return plain;
}

/** Where to point when the value is meant: at what is written in one place, else at its key. */
export const offsetOf = (node: YamlNode): number =>
  node.kind === "scalar" || node.flow ? node.offset : (node.keyOffset ?? 0);
