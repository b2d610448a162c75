import type { EntityRef, Problem } from "../model/problem";
import type { ProblemList } from "./problem-list";
import { refKey } from "./provenance";
import { offsetOfNearest } from "./report-issues";
import { type MapNode, nodeAt, offsetOf } from "./yaml-node";

/** What is known of an entity's files. */
export interface Located {
  /** Merged documents by `refKey`. */
  readonly merged: ReadonlyMap<string, MapNode>;
  /** The entities' own files by `refKey`. */
  readonly own: ReadonlyMap<string, MapNode>;
}

/**
 * Adds what a rule found, at the place where the field is written, in whichever layer that is. A field that no layer
 * writes is blamed on the innermost written map around it in the entity's own file.
 */
export function locateProblem(
  { at, path, message, severity = "error" }: Problem,
  { merged, own }: Located,
  rootName: string,
  problems: ProblemList,
): void {
  const key = refKey(at);
  const root = merged.get(key);
  const file = own.get(key);
  const node = (root && nodeAt(root, path)) ?? (file && nodeAt(file, path));
  if (node && path.length > 0) problems.addFound(node.source, offsetOf(node), node.path, message, severity);
  else if (file) problems.addFound(file.source, offsetOfNearest(file, path), path, message, severity);
  else problems.addFile(`${rootName}/${fileOf(at)}`, message);
}

function fileOf(at: EntityRef): string {
  switch (at.kind) {
    case "defaults":
      return "defaults.yaml";
    case "account":
      return `${at.account}/account.yaml`;
    case "customer":
      return `${at.account}/customers/${at.customer}.yaml`;
    case "pool":
      return `${at.account}/pools/${at.pool}.yaml`;
  }
}
