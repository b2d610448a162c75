import type { EntityRef, FieldPath, Problem } from "../model/problem";
import type { ProblemList } from "./problem-list";
import { refKey } from "./provenance";
import { offsetOfNearest } from "./report-issues";
import type { SourceFile } from "./source-file";
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
  { at, path, message, severity = "error", clash, instead }: Problem,
  located: Located,
  rootName: string,
  problems: ProblemList,
): void {
  const other = instead && placeOf(instead.at, instead.path, located);
  const text = other ? `${message}; or there, if that is the copy: ${shown(other)}` : message;
  const place = placeOf(at, path, located);
  if (place) problems.addFound(place.source, place.offset, place.path, text, severity, clash);
  else problems.addFile(`${rootName}/${fileOf(at)}`, text);
}

interface Place {
  readonly source: SourceFile;
  readonly offset: number;
  readonly path: FieldPath;
}

function placeOf(at: EntityRef, path: FieldPath, { merged, own }: Located): Place | undefined {
  const key = refKey(at);
  const root = merged.get(key);
  const file = own.get(key);
  const node = (root && nodeAt(root, path)) ?? (file && nodeAt(file, path));
  if (node && path.length > 0) return { source: node.source, offset: offsetOf(node), path: node.path };
  return file && { source: file.source, offset: offsetOfNearest(file, path), path };
}

function shown({ source, offset }: Place): string {
  const { line, column } = source.positionAt(offset);
  return `${source.path}:${line}:${column}`;
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
