import type { Attributes } from "../../../policies/policy";

/** A stack with one mistake, as Terraform reads it, and the same without. */
export interface PlantedStack {
  /** Resource type -> its arguments; sections of Terraform under their own names. */
  readonly broken: Tree;
  readonly mended: Tree;
  /** Part of the one finding. */
  readonly says: string;
  readonly files?: Readonly<Record<string, string>>;
  readonly mendedFiles?: Readonly<Record<string, string>>;
}

export type Tree = Readonly<Record<string, Attributes | readonly Attributes[]>>;

export const BACKEND = { backend: { gcs: { bucket: "b", prefix: "customer-abc" } } };
export const METADATA = { "enable-oslogin": "TRUE", "block-project-ssh-keys": "TRUE" };
export const MEMBER = { member: "group:ops@acme.example" };
export const machine = (changes: Attributes): Tree => ({ google_compute_instance: changes });

const SECTIONS = new Set([
  "check",
  "data",
  "ephemeral",
  "locals",
  "module",
  "output",
  "provider",
  "removed",
  "terraform",
  "variable",
]);

/** The Terraform of a planted tree: each resource is called `x`. */
export const terraformOf = (tree: Tree): Attributes => ({
  terraform: BACKEND,
  ...Object.fromEntries(Object.entries(tree).filter(([key]) => SECTIONS.has(key))),
  resource: Object.fromEntries(
    Object.entries(tree)
      .filter(([key]) => !SECTIONS.has(key))
      .map(([type, attributes]) => [type, { x: attributes }]),
  ),
});
