import { editScalar } from "../../config/edit-scalar";
import { removeEntry } from "../../config/remove-entry";
import type { FieldPath } from "../../model/problem";
import { type ClashProblem, renamedFile } from "./clashes";

/** By path from the parent of the accounts directory. */
export type Files = ReadonlyMap<string, Uint8Array>;

/**
 * The files with a value in the place of a shared one, or why that is for a person to do.
 *
 * @param served where pools name a customer whose id is the shared value
 */
export function editedFiles(
  files: Files,
  problem: ClashProblem,
  value: string,
  served: readonly ClashProblem[],
): Files | string {
  if (problem.clash.kind === "customer-id") return withCustomer(files, problem, value, served);
  return (
    withValue(files, problem, value) ?? "the file cannot be changed by a program there; change it by hand"
  );
}

/** Undefined where no program can change the value alone. A host key goes away with its entry. */
export function withValue(
  files: Files,
  { file, field, clash }: ClashProblem,
  value: string,
): Files | undefined {
  const before = Buffer.from(files.get(file)!).toString("utf8");
  const path = pathOf(field);
  const text = clash.kind === "host-key" ? removeEntry(before, path) : editScalar(before, path, value);
  return text === undefined ? undefined : new Map([...files, [file, Buffer.from(text)]]);
}

/** The customer's file, and its folder of web files, under another name; pools of its account serve the new one. */
function withCustomer(
  before: Files,
  { file, clash }: ClashProblem,
  id: string,
  served: readonly ClashProblem[],
): Files | string {
  const target = renamedFile({ file, clash }, id);
  if (before.has(target)) return `${target} is there already; choose another id`;
  const [folder, newFolder] = [file, target].map((path) => path.replace(/\.yaml$/, "/")) as [string, string];
  let files: Files = new Map(
    [...before].map(([path, bytes]) => [
      path === file ? target : path.startsWith(folder) ? newFolder + path.slice(folder.length) : path,
      bytes,
    ]),
  );
  for (const place of served) {
    const next = withValue(files, place, id);
    if (!next) return `${place.file} cannot be changed by a program there; change it by hand`;
    files = next;
  }
  return files;
}

/** `["serves", 1]` of `serves[1]`, `["gcp", "project"]` of `gcp.project`. */
const pathOf = (field: string): FieldPath => {
  const [, name = field, index] = /^(.*)\[([0-9]+)\]$/.exec(field) ?? [];
  return [...name.split("."), ...(index === undefined ? [] : [Number(index)])];
};
