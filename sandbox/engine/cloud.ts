import type { Behaviour } from "./behaviour";
import type { ResourceModel, Surroundings } from "./resource-model";
import type { BlockSchema } from "../protocol/provider-schema";
import type { Value, Values } from "../protocol/value";

/** A resource type with all that is known of it. */
export interface ResourceType<Settings> {
  readonly name: string;
  readonly block: BlockSchema;
  readonly behaviour: Behaviour;
  readonly model: ResourceModel<Settings>;
}

/** What the objects of one cloud have in common, whatever their type. */
export interface Cloud<Settings> {
  /** The name in the store's file. */
  readonly name: string;
  /** Reads the provider block. @throws Refusal */
  configure(config: Values): Settings;
  /** Fills in what every plan of this cloud knows: an inherited project, labels. */
  completePlan(type: ResourceType<Settings>, prior: Values | null, planned: Values, settings: Settings): void;
  /** True when two values of an attribute mean the same. */
  same(type: ResourceType<Settings>, path: string, prior: Value, planned: Value): boolean;
  /** The id of an object that is about to exist. */
  identify(type: ResourceType<Settings>, object: Values, around: Surroundings<Settings>): string;
  /** What the cloud chooses for objects of any type; see `ResourceModel.chosen`. */
  chosen(type: ResourceType<Settings>, id: string, object: Values, around: Surroundings<Settings>): Values;
  /** What the cloud sets anew at every change. */
  stamped(type: ResourceType<Settings>, object: Values, around: Surroundings<Settings>): Values;
  /** The key in the store: the id, made unique over all accounts. */
  keyOf(type: ResourceType<Settings>, id: string, settings: Settings): string;
  /** The id that a name or link in an attribute means. */
  resolve(type: ResourceType<Settings>, link: Value, from: Values, settings: Settings): string | undefined;
  /** True when an object of this id would be in the store if it existed. */
  isOurs(type: ResourceType<Settings>, id: string, settings: Settings): boolean;
  /** Refuses, as the cloud does, what no object of any type may have. */
  check(type: ResourceType<Settings>, object: Values, around: Surroundings<Settings>): void;
  /** A state that `read` can start from, by what a person gives to `terraform import`. @throws Refusal */
  importState(type: ResourceType<Settings>, id: string, settings: Settings): Values;

  readonly words: {
    /** The verb is "creating", "updating" or "deleting". */
    duplicate(type: ResourceType<Settings>, id: string): string;
    missing(type: ResourceType<Settings>, verb: string, id: string): string;
    dangling(type: ResourceType<Settings>, verb: string, target: ResourceType<Settings>, id: string): string;
    inUse(type: ResourceType<Settings>, id: string, user: string): string;
  };
}
