import type { Clash, Severity } from "../model/problem";

/** A problem with the place where it can be mended. */
export interface LocatedProblem {
  /** Path from the parent of the accounts directory, with forward slashes: `accounts/acme/account.yaml`. */
  readonly file: string;
  /** Line, from 1. */
  readonly line: number;
  /** Column in characters, from 1. */
  readonly column: number;
  /** Field as it is written in that file, such as `size.max`; empty when the whole file is meant. */
  readonly field: string;
  /** What is wrong, what is allowed, what to do. */
  readonly message: string;
  readonly severity: Severity;
  /** What two accounts share and must not, when the problem is that; `fleet check --fix-clone` mends it. */
  readonly clash?: Clash;
}
