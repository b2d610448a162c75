import { listSynthesizedStacks } from "./list-synthesized-stacks";
import { scanAccounts } from "./scan-accounts";

/** An accounts directory in memory, to try edits on before anything is written: what `loadFleetFrom` takes. */
export interface AccountFilesRead {
  /** By path from the parent of the accounts directory. What cannot be read is left out. */
  readonly files: Map<string, Uint8Array>;
  readonly synthesized: ReadonlySet<string>;
}

export function readAccountFiles(root: string): AccountFilesRead {
  const tree = scanAccounts(root);
  const files = new Map<string, Uint8Array>();
  for (const { path, kind } of tree.entries ?? []) {
    const bytes = kind === "file" ? tree.read(path) : "";
    if (typeof bytes !== "string") files.set(`${tree.name}/${path}`, bytes);
  }
  return { files, synthesized: listSynthesizedStacks(root) };
}
