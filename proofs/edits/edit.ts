import type { Notice } from "../../review/notice";

/**
 * What edits of the example accounts do, as Terraform must plan them. `edits.test.ts` runs each through the real
 * Terraform against the offline providers; `docs/what-an-edit-does.md` is written from this table.
 *
 * `+` create, `~` change in place, `-` destroy, `-/+` replace, `+/-` replace after the new one is there; `(…)` names the argument that asks for a replacement.
 */

/** The files under `accounts/`: path -> text. */
export type AccountFiles = Map<string, string>;

interface EditBase {
  /** What an operator would call it. */
  readonly name: string;
  /** What callers or operators should know about it. */
  readonly note?: string;
  readonly edit: (files: AccountFiles) => void;
  /** What was edited and deployed before. @default nothing */
  readonly first?: (files: AccountFiles) => void;
  /**
   * A change of this project's own code, as an edit of what it synthesizes: path below the output -> its new text.
   * @default none
   */
  readonly code?: Readonly<Record<string, (text: string) => string>>;
}

/** The plan of every stack whose files change; a stack that is not named must not change. */
export interface PlannedEdit extends EditBase {
  /** What `fleet review` must say that callers notice. */
  readonly callers: Notice;
  readonly plans: Readonly<Record<string, readonly string[]>>;
  /** Why the clouds refuse the first apply; without it, the apply succeeds and a second plan is empty. */
  readonly refusedByCloud?: RegExp;
  /** What is left to do after a refused apply. */
  readonly left?: readonly string[];
}

/** An edit that synthesis refuses: nothing is written, so nothing can be reviewed. */
export interface UnwrittenEdit extends EditBase {
  readonly refusedBy: "synth";
  readonly says: RegExp;
}

/** An edit that Terraform's plan refuses. */
export interface UnplannedEdit extends EditBase {
  readonly refusedBy: "plan";
  readonly says: RegExp;
  /** What callers would notice if it did not. */
  readonly callers: Notice;
}

export type Edit = PlannedEdit | UnwrittenEdit | UnplannedEdit;
