/** Which document a problem is about: one account, customer or pool, or the defaults for all accounts. */
export type EntityRef =
  | { readonly kind: "defaults" }
  | { readonly kind: "account"; readonly account: string }
  | { readonly kind: "customer"; readonly account: string; readonly customer: string }
  | { readonly kind: "pool"; readonly account: string; readonly pool: string };

/** Keys and list positions from the root of a document, such as `["size", "max"]`. */
export type FieldPath = readonly (string | number)[];

export type Severity = "error" | "warning";

/** What a copied account folder shares with its original and must not. */
export interface Clash {
  readonly kind:
    "project" | "state-bucket" | "domain" | "range" | "customer-id" | "served-id" | "hostname" | "host-key";
  readonly value: string;
  /** The account that had it first. */
  readonly owner: string;
  /** The account to change. */
  readonly copy: string;
  /** False when nothing tells which of the two is the copy. */
  readonly isCertain: boolean;
}

/** What a rule finds. It names the entity and the field; the reader of files knows the line. */
export interface Problem {
  readonly at: EntityRef;
  readonly path: FieldPath;
  /** What is wrong, what is allowed, what to do; no full stop at the end. */
  readonly message: string;
  /** An error stops every write, a warning is only shown. @default "error" */
  readonly severity?: Severity;
  readonly clash?: Clash;
  /** Where it can be mended as well, because nothing tells which of the two places came later. */
  readonly instead?: { readonly at: EntityRef; readonly path: FieldPath };
}
