import { printable } from "../model/quoted";
import type { AccountTree } from "./account-tree";
import { checkModeline } from "./check-modeline";
import { decodeText } from "./decode-text";
import type { FoundDocument } from "./discover";
import { parseYaml } from "./parse-yaml";
import type { ProblemList } from "./problem-list";
import type { MapNode } from "./yaml-node";

/** A file as it is written. */
export interface ReadDocument extends FoundDocument {
  /** Undefined when the file could not be read as YAML. */
  readonly root: MapNode | undefined;
}

/** Reads one file; what is wrong with its bytes, its syntax or its first line is reported. */
export function readDocument(
  tree: AccountTree,
  document: FoundDocument,
  problems: ProblemList,
): ReadDocument {
  const file = printable(`${tree.name}/${document.path}`);
  const bytes = tree.read(document.path);
  if (typeof bytes === "string") {
    problems.addFile(file, bytes);
    return { ...document, root: undefined };
  }
  const source = decodeText(file, document.kind, bytes, problems);
  if (source) checkModeline(source, problems);
  return { ...document, root: source && parseYaml(source, problems) };
}
