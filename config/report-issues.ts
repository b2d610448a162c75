import type { z } from "zod";
import type { FieldPath } from "../model/problem";
import { firstSentence } from "../model/schema/expectation";
import { requiredKeysOf, schemaAt } from "../model/schema/schema-at";
import { explainIssue } from "./explain-issue";
import type { ProblemList } from "./problem-list";
import { explainUnknownKey } from "./unknown-key";
import { type MapNode, nodeAt, offsetOf, plainOf } from "./yaml-node";

/** A document that a schema refused. */
export interface RefusedDocument {
  /** One layer's file, or several merged. */
  readonly root: MapNode;
  /** The entity's own file: what is missing everywhere is missing there. */
  readonly own: MapNode;
  readonly schema: z.ZodType;
}

/** Turns the issues of a schema into problems at the lines that cause them. */
export function reportIssues(
  issues: readonly z.core.$ZodIssue[],
  document: RefusedDocument,
  problems: ProblemList,
): void {
  for (const issue of issues) {
    if (problems.isFull(document.own.source)) return;
    const path = issue.path as FieldPath;
    if (issue.code === "unrecognized_keys") reportUnknownKeys(path, issue.keys, document, problems);
    else reportValue(issue, path, document, problems);
  }
}

/** A merged document has no unknown keys of its own: each was reported when its layer was read. */
function reportUnknownKeys(
  path: FieldPath,
  keys: readonly string[],
  { root, own, schema }: RefusedDocument,
  problems: ProblemList,
): void {
  const map = nodeAt(root, path);
  if (root !== own || map?.kind !== "map") return;
  const written = new Set(map.entries.keys());
  for (const key of keys) {
    if (problems.isFull(root.source)) return;
    const { message, meant } = explainUnknownKey(root.source.kind, schema, path, key, written);
    const node = map.entries.get(key)!;
    problems.add(node.source, node.keyOffset ?? 0, node.path, message);
    if (meant !== undefined) problems.claim(node.source, [...path, meant]); // not "missing" as well
  }
}

function reportValue(
  issue: z.core.$ZodIssue,
  path: FieldPath,
  document: RefusedDocument,
  problems: ProblemList,
): void {
  const { root, own, schema } = document;
  const node = nodeAt(root, path);
  const field = schemaAt(schema, path) ?? schema;
  if (!node) {
    problems.add(own.source, offsetOfNearest(own, path), path, missing(field));
  } else if (issue.code === "invalid_key") {
    const rule = issue.issues[0]?.message ?? "allowed: another name";
    problems.add(node.source, node.keyOffset ?? 0, node.path, `not a valid key; ${rule}`, "key");
    // The schema does not look at the value of such a key.
    const inside = field.safeParse(plainOf(node)).error?.issues ?? [];
    const issues = inside.map((found) => ({ ...found, path: [...path, ...found.path] }));
    reportIssues(issues, document, problems);
  } else {
    problems.add(node.source, offsetOf(node), node.path, explainIssue(issue, node, field));
  }
}

/** The key of the innermost written map that a field would stand in; the start of the file when there is none. */
export function offsetOfNearest(own: MapNode, path: FieldPath): number {
  for (let length = path.length - 1; length > 0; length--) {
    const node = nodeAt(own, path.slice(0, length));
    if (node) return node.keyOffset ?? node.offset;
  }
  return 0;
}

function missing(field: z.ZodType): string {
  const needed = requiredKeysOf(field);
  const keys = needed.length === 0 ? "" : ` with ${needed.join(", ")}`;
  const sentence = firstSentence(field);
  return `missing; add it${keys}${sentence === undefined ? "" : `: ${sentence}`}`;
}
