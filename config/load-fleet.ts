import type { Fleet } from "../model/fleet";
import { ALL_RULES } from "../model/rules/all-rules";
import { type AccountTree, treeInMemory } from "./account-tree";
import { assembleFleet } from "./assemble-fleet";
import { checkLayer } from "./check-layers";
import { discover } from "./discover";
import { listSynthesizedStacks } from "./list-synthesized-stacks";
import { locateProblem } from "./locate-problem";
import type { LocatedProblem } from "./located-problem";
import { ProblemList } from "./problem-list";
import { Provenance, refKey } from "./provenance";
import { type ReadDocument, readDocument } from "./read-document";
import { readWebFiles } from "./read-web-files";
import { scanAccounts } from "./scan-accounts";
import type { MapNode } from "./yaml-node";

export type { LocatedProblem } from "./located-problem";

/** The fleet with what is only worth a warning, or everything that is wrong. Problems are sorted by place. */
export type Loaded =
  | {
      readonly ok: true;
      readonly fleet: Fleet;
      readonly warnings: LocatedProblem[];
      readonly provenance: Provenance;
    }
  | {
      readonly ok: false;
      readonly problems: LocatedProblem[];
      /** What could be read; no rule holds for it. */
      readonly readable: Fleet;
    };

type OnRead = (done: number, total: number) => void;

/**
 * Reads, merges and checks everything below an accounts directory. Never throws for what the files say.
 *
 * @param root the accounts directory; messages name files from its parent on: `accounts/acme/account.yaml`
 * @param told what is known beside the files: the day, by which waivers end; `onRead` is told after each YAML file how
 * many are read, of how many; the rules come after the last one
 */
export const loadFleet = (
  root: string,
  { today, onRead }: { readonly today?: string | undefined; readonly onRead?: OnRead } = {},
): Loaded =>
  loadTree(
    scanAccounts(root),
    { synthesized: listSynthesizedStacks(root), ...(today === undefined ? {} : { today }) },
    onRead,
  );

/**
 * As `loadFleet`, from memory: files by path from the parent of the accounts directory.
 *
 * @param told what is known beside the files
 */
export const loadFleetFrom = (
  files: ReadonlyMap<string, Uint8Array>,
  told: Pick<Fleet, "synthesized" | "copies" | "today"> = {},
): Loaded => loadTree(treeInMemory(files), told);

function loadTree(
  tree: AccountTree,
  told: Pick<Fleet, "synthesized" | "copies" | "today">,
  onRead: OnRead = () => undefined,
): Loaded {
  const problems = new ProblemList();
  const found = discover(tree, problems);
  const documents = found.documents.map((document, index) => {
    const read = readDocument(tree, document, problems);
    onRead(index + 1, found.documents.length);
    return read;
  });
  for (const document of documents) checkLayer(document, problems);
  const webFiles = readWebFiles(tree, found.webFiles, problems);
  const assembly = assembleFleet(documents, webFiles, problems);
  const { broken, catalogKnown, merged, layers } = assembly;
  const fleet = { ...assembly.fleet, root: tree.name, ...told };

  const located = { merged, own: ownFiles(documents) };
  for (const rule of catalogKnown ? ALL_RULES : []) {
    for (const problem of rule(fleet, broken)) locateProblem(problem, located, tree.name, problems);
  }

  const all = problems.all();
  return all.some(({ severity }) => severity === "error")
    ? { ok: false, problems: all, readable: fleet }
    : { ok: true, fleet, warnings: all, provenance: new Provenance(merged, layers) };
}

function ownFiles(documents: readonly ReadDocument[]): ReadonlyMap<string, MapNode> {
  const own = new Map<string, MapNode>();
  for (const { kind, account, id, root } of documents) {
    if (!root) continue;
    if (kind === "defaults") own.set(refKey({ kind }), root);
    else if (kind === "account") own.set(refKey({ kind, account }), root);
    else if (kind === "customer") own.set(refKey({ kind, account, customer: id }), root);
    else own.set(refKey({ kind, account, pool: id }), root);
  }
  return own;
}
