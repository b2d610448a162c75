import type { JsonObject, PlannedObject } from "../rollout/planned-object";
import type { ChangedValue } from "./changed-values";
import type { MachineFiles } from "./machine-files";
import type { Notice } from "./notice";
import type { Restart } from "./restarted-services";

/** What one change does to callers. */
export interface Verdict {
  readonly notice: Notice;
  /** A sentence without full stop: what happens, as callers see it. */
  readonly says: string;
  /** How to reach the same with less, where there is a way. */
  readonly instead?: string;
  /** What it is about, where that is not the object itself: files of the machine. */
  readonly at?: readonly string[];
}

/** A verdict that says itself what it is about. */
export type PlacedVerdict = Verdict & { readonly at: readonly string[] };

/** A stack's Terraform as JSON, cdk.tf.json, before and after; null where there is none. */
export interface Configurations {
  readonly before: JsonObject | null;
  readonly after: JsonObject | null;
}

/** What a rule may look at beside the object that it judges. */
export interface StackChange {
  /** Everything that the plan changes in the stack. */
  readonly objects: readonly PlannedObject[];
  /** Files of the stack's machines, by their path on them, as they are and as they will be. */
  readonly files: { readonly before: MachineFiles; readonly after: MachineFiles };
  /** Services of these machines that start anew. */
  readonly restarts: readonly Restart[];
  /** The stack's Terraform, where it is known. */
  readonly configuration: Configurations | undefined;
  /** Nothing is left of the stack: it is retired. */
  readonly isRetired: boolean;
  /** Whether bridges of other stacks serve a customer (its id) before and after; of the stack's own customer without an id. */
  readonly hasOtherBridges: (customer?: string) => boolean;
}

/** A verdict, or a function where it depends on the values. */
export type Judge<Subject> =
  Verdict | ((subject: Subject, change: StackChange) => Verdict | readonly Verdict[]);

/** An attribute that changes in place, and the object that has it. */
export interface ChangedAttribute {
  readonly object: PlannedObject;
  readonly value: ChangedValue;
}

/** What is known of a resource type. A type without a rule, and an attribute without a line, is never harmless. */
export interface TypeRule {
  readonly created: Judge<PlannedObject>;
  readonly gone: Judge<PlannedObject>;
  /** @default as `gone` */
  readonly replaced?: Judge<PlannedObject>;
  /** By attribute, the first that fits: `metadata.fleet-files`, `allow`, `*` for any step of the path. */
  readonly changed: Readonly<Record<string, Judge<ChangedAttribute>>>;
}

export const none = (says: string): Verdict => ({ notice: "none", says });

/** What nobody has looked up yet is not harmless. */
export const notKnown = (says: string): Verdict => ({
  notice: "interrupts calls",
  says: `not known: ${says}`,
  instead: "Look it up, and add a line to the table in review/rules/.",
});
