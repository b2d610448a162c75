import type { Diagnostic, Path } from "./diagnostic";
import type { ProviderSchema } from "./provider-schema";
import type { Values } from "./value";

/** What Terraform asks of a provider before it is configured. Values are objects of the provider's own schema. */
export interface Provider {
  /** Such as `registry.terraform.io/hashicorp/google`. */
  readonly address: string;
  readonly schema: ProviderSchema;
  /**
   * True for providers built on Terraform's older SDK: Terraform then accepts that a plan fills in what the
   * configuration leaves out.
   */
  readonly legacyTypes: boolean;
  validateResource(type: string, config: Values): Diagnostic[];
  validateEphemeral(type: string, config: Values): Diagnostic[];
  /** @throws Refusal when the settings cannot work */
  configure(config: Values): ConfiguredProvider;
}

/** The same provider with one set of settings: what one provider block of one Terraform run talks to. */
export interface ConfiguredProvider {
  /** The object as it is now, or null when it is gone. */
  read(type: string, state: Values): Values | null;
  /** @throws Refusal when the change cannot be made */
  plan(type: string, change: PlannedChange): Plan;
  /**
   * Creates (no prior), updates or deletes (no planned) an object and answers with its new state.
   * When it resolves, the change is on disk.
   * @throws Refusal when the cloud refuses; nothing is changed then
   */
  apply(type: string, change: AppliedChange): Promise<Values | null>;
  /** A state that is just enough for `read` to find the object. */
  importState(type: string, id: string): Values;
  openEphemeral(type: string, config: Values): Values;
}

export interface PlannedChange {
  /** Null when the object is to be created. */
  readonly prior: Values | null;
  /** The configuration, with prior values where it leaves a computed attribute open. */
  readonly proposed: Values;
  readonly config: Values;
}

export interface Plan {
  readonly planned: Values;
  /** The attributes whose change asks for a new object. */
  readonly replace: readonly Path[];
}

export interface AppliedChange {
  readonly prior: Values | null;
  readonly planned: Values | null;
  /** Null when the object is deleted. Holds write-only arguments, which are nowhere else. */
  readonly config: Values | null;
}
