import type { ValueRule } from "./value-rules";
import type { CloudStore } from "../store/cloud-store";
import type { Diagnostic } from "../protocol/diagnostic";
import type { Value, Values } from "../protocol/value";

/** Where a model finds itself: the pretended cloud and the settings of the provider. */
export interface Surroundings<Settings> {
  readonly settings: Settings;
  readonly store: CloudStore;
  /** RFC 3339, UTC. */
  readonly now: string;
  /** The object that a name or link leads to, if it exists. */
  follow(type: string, link: Value | undefined, from: Values): FoundObject | undefined;
  /** All objects of a type in this cloud. */
  list(type: string): readonly FoundObject[];
}

export interface FoundObject {
  readonly id: string;
  readonly type: string;
  readonly attributes: Values;
}

/** An attribute that holds the name or link of another object. */
export interface Reference {
  /** Dotted, without positions. */
  readonly path: string;
  readonly type: string;
  /** False when the other object may be deleted all the same. @default true */
  readonly holds?: boolean;
}

/** A change on its way: `planned` may be altered. */
export interface Change {
  readonly prior: Values | null;
  readonly planned: Values;
  readonly config: Values;
  /** Asks for a new object because of this attribute. */
  replace(attribute: string): void;
}

/** What is particular to one resource type, beyond its schema and behaviour table. Everything is optional. */
export interface ResourceModel<Settings> {
  /** Arguments that the cloud neither keeps nor returns: an imported object has none of them. */
  readonly clientOnly?: readonly string[];
  /** Arguments that the cloud keeps but does not return: the same for Terraform, but other objects may depend on them. */
  readonly hidden?: readonly string[];
  /** Optional blocks that the cloud fills in when the configuration has none. Dotted. */
  readonly computedBlocks?: readonly string[];
  readonly references?: readonly Reference[];
  readonly rules?: readonly ValueRule[];
  /** True when creating the same object again is no error, as for a role granted twice. @default false */
  readonly idempotent?: boolean;

  /** What the provider or the documentation of the cloud refuses by the configuration alone. */
  validate?(config: Values): Diagnostic[];
  /** Alters the plan or refuses it, as a provider's custom diff does. */
  plan?(change: Change, around: Surroundings<Settings>): void;
  /** Refuses, as the cloud does, to create (no prior) or to change an object. */
  check?(change: Change, around: Surroundings<Settings>): void;
  /** What the cloud chooses, by attribute; taken where the plan left the attribute open. */
  chosen?(object: Values, around: Surroundings<Settings>): Values;
  /** Completes the blocks of an object, after `chosen`, when it was created or changed. */
  settle?(object: Values, around: Surroundings<Settings>): void;
  /** The id, where no format can say it. */
  identify?(object: Values, around: Surroundings<Settings>): string;
  /** What the cloud derives from other objects whenever it is asked. */
  observe?(object: Values, around: Surroundings<Settings>): Values;
  /** True when Terraform forgets the object, and the cloud keeps it. */
  abandons?(object: Values): boolean;
  /** Refuses, as the cloud does, to delete an object. */
  checkDelete?(object: Values, around: Surroundings<Settings>): void;
  /** The types of the objects that go with a deleted one, and whether one of them does. */
  readonly contents?: {
    readonly types: readonly string[];
    isIn(content: Values, object: Values): boolean;
  };
}
