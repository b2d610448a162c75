import type { Opening } from "../../review/openings";
import type { Reason } from "../../review/judge-stack";
import type { Notice } from "../../review/notice";
import type { PlannedChange } from "../../rollout/judge-plan";
import type { ChangeKind } from "./before-and-after";
import type { CapacityReview } from "./capacity-review";
import type { CostReview } from "./cost-review";
import type { PolicyReview } from "./policy-review";

/** What a plan does to one object, with the values that may be shown. */
export interface ReviewedObject extends PlannedChange {
  readonly createFirst: boolean;
  /** For a replacement: the attributes that ask for it. */
  readonly replacePaths: readonly string[];
  /** For a change in place. Values are JSON, cut off where they are long, not before they differ; `(hidden)` and `(known after apply)` stand for themselves. */
  readonly changes: readonly {
    readonly attribute: string;
    readonly before: string;
    readonly after: string;
  }[];
}

/** A file of a stack that is not what it was: a file of its machines, or what a machine gets at its first boot. */
export interface ReviewedFile {
  /** In the stack's directory. */
  readonly path: string;
  readonly change: ChangeKind;
  /** Unified, without head, with two lines around each change. */
  readonly diff: readonly string[];
}

export interface StackReview {
  readonly stack: string;
  /** Against the base; a `removed` stack is planned by nobody. */
  readonly change: ChangeKind;
  /** What callers notice. */
  readonly notice: Notice;
  /** Why, from the highest class down. */
  readonly reasons: readonly Reason[];
  /** What Terraform would do; sorted by address. */
  readonly plan: readonly ReviewedObject[];
  /** Terraform's words, when it refuses the plan; `plan` is then what it would do if it did not. */
  readonly refused?: string;
  /** Ways in that were not open before. */
  readonly opened: readonly (Opening & { readonly isPublic: boolean })[];
  readonly files: readonly ReviewedFile[];
}

/** What `fleet review --json` prints. */
export interface ReviewResult {
  /** `reviewed`, or `refused` when files of the accounts are not as they must be, synthesized/ is not what they say, or the base cannot be rebuilt. */
  readonly outcome: "reviewed" | "refused";
  /** Why it was refused. */
  readonly problem?: string;
  readonly base: {
    /** As it was asked for: a ref of git, or a folder. */
    readonly name: string;
    /** What it was compared with: the commit from which the work began. */
    readonly commit?: string;
    /** No common ancestor is here, as in a shallow clone: what others have done since counts as part of the change. */
    readonly isTip?: true;
  };
  /** The highest class of all stacks. */
  readonly notice: Notice;
  /** Classes up to this one need nobody's word. */
  readonly allowed: Notice;
  /** Nothing is above what is allowed, no finding of the policies is without a waiver, and nothing was refused. */
  readonly isAllowed: boolean;
  /** Stacks that differ from the base, in the order of a deploy. */
  readonly stacks: readonly StackReview[];
  /** Stacks that are the same. */
  readonly untouched: number;
  /** Files of the accounts that differ, with their folder. */
  readonly accounts: readonly string[];
  /** Room for participants, before and after; null when it was refused. */
  readonly capacity: CapacityReview | null;
  /** The bill of a month, before and after; null when it was refused. */
  readonly cost: CostReview | null;
  /** What the policies find in the changed stacks, and waivers that are new; null when it was refused. */
  readonly policies: PolicyReview | null;
}
