import { EVENT_ID, parseEvents, YAMLException } from "js-yaml";
import type { ProblemList } from "./problem-list";
import type { SourceFile } from "./source-file";
import { syntaxSentence } from "./syntax-error";
import type { MapNode } from "./yaml-node";
import { YamlTreeBuilder } from "./yaml-tree-builder";

/** Deeper than any document of ours; also bounds the recursion of every later step. */
const DEEPEST = 32;

/**
 * One file's YAML as a tree with positions, or undefined when there is no tree to go on with. A subset of YAML: one
 * document, a map at its top, no anchors, aliases, merge keys or tags; keys are text and written once.
 */
export function parseYaml(source: SourceFile, problems: ProblemList): MapNode | undefined {
  let events: ReturnType<typeof parseEvents>;
  try {
    events = parseEvents(source.text, { maxDepth: DEEPEST });
  } catch (error) {
    if (!(error instanceof YAMLException)) throw error;
    const offset = error.mark?.position ?? 0;
    problems.add(source, offset, [], syntaxSentence(error.reason, source.text, offset));
    return undefined;
  }

  const documents = events.filter((event) => event.type === EVENT_ID.DOCUMENT);
  const [document] = documents;
  if (!document) {
    const content = source.text.trim() === "" ? "the file is empty" : "the file holds only comments";
    problems.add(source, 0, [], `${content}; write its fields, write {} if it has none, or remove the file`);
    return undefined;
  }
  if (document.directives.length > 0) {
    problems.add(source, source.text.search(/^%/m), [], "directives (%) are not read here; remove the line");
    return undefined;
  }
  if (documents.length > 1) {
    const message = "a second document begins here; allowed: one document in a file; remove the separator";
    problems.add(source, startOfSecondDocument(source.text), [], message);
    return undefined;
  }

  const root = new YamlTreeBuilder(source, problems).build(events);
  if (root?.kind === "map") return root;
  const found = root === undefined ? "nothing" : { list: "a list", scalar: "a single value" }[root.kind];
  const message = `the file holds ${found}; allowed: a map of fields; write "key: value" lines`;
  problems.add(source, root?.offset ?? 0, [], message);
  return undefined;
}

/** `---` and `...` at the start of a line are markers wherever they stand; the first may open the first document. */
function startOfSecondDocument(text: string): number {
  const markers = [...text.matchAll(/^(?:---|\.\.\.)(?=\s|$)/gm)].map((match) => match.index);
  const content = text.search(/^(?!---(?:\s|$))[^#\s]/m);
  return markers.find((marker) => marker > content) ?? markers[1] ?? 0;
}
