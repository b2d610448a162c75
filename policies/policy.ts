import type { PolicyId } from "../model/policy-ids";

/** Attributes of a resource as Terraform reads them: snake_case, expressions as `${…}`. */
export type Attributes = Readonly<Record<string, unknown>>;

/** One resource of a stack as it will be written. */
export interface Resource {
  readonly type: string;
  /** `type.name`, as plans show it. */
  readonly address: string;
  readonly attributes: Attributes;
  /** The argument that takes our labels, such as `labels` or `tags`; left out when there is none. */
  readonly labelArgument?: string | undefined;
}

/** A stack as it will be written. */
export interface FinishedStack {
  readonly id: string;
  /** Every section of its Terraform, such as `terraform`, `data`, `output`. */
  readonly terraform: Readonly<Record<string, unknown>>;
  readonly resources: readonly Resource[];
  /** Texts beside the Terraform: path below the stack's directory -> text. */
  readonly files: ReadonlyMap<string, string>;
  /** Whether the data says that what holds state may go. */
  readonly allowDestroys: boolean;
}

export interface Finding {
  /** The resource it is about; without it and without a file: the stack. */
  readonly on?: Resource;
  /** The file it is about: path below the stack's directory. */
  readonly file?: string;
  /** What is wrong; why it matters; what to do. */
  readonly message: string;
}

/** One rule over a finished stack. */
export interface Policy {
  /** What waivers and reports call it. */
  readonly id: PolicyId;
  /** What holds, in a sentence. */
  readonly rule: string;
  /** What happens otherwise. */
  readonly reason: string;
  /** What to do about a finding. */
  readonly fix: string;
  /** It neither changes nor throws. */
  readonly check: (stack: FinishedStack) => Finding[];
}
