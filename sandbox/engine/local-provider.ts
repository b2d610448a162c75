import { checkRequired } from "./check-required";
import { fillUnknown } from "./fill-unknown";
import { findReplacements } from "./find-replacements";
import { nameablePath } from "./nameable-path";
import { planValues } from "./plan-values";
import { Refusal } from "../protocol/diagnostic";
import { isUnknown } from "../protocol/value";
import type { Diagnostic } from "../protocol/diagnostic";
import type { AppliedChange, ConfiguredProvider, Plan, PlannedChange, Provider } from "../protocol/provider";
import type { BlockSchema, ProviderSchema } from "../protocol/provider-schema";
import type { Values } from "../protocol/value";

/** A resource type that exists in Terraform's state alone. */
export interface LocalType {
  /** What computed arguments are when the configuration leaves them open. */
  readonly defaults?: Readonly<Record<string, string | number | boolean>>;
  /** Arguments whose change is kept in place; every other one asks for a new object. */
  readonly changeable?: readonly string[];
  /** The computed attributes of a new object. @throws Refusal */
  readonly results: (settings: Values) => Values;
  readonly validate?: (config: Values) => Diagnostic[];
  /** Alters the plan, after defaults. */
  readonly plan?: (planned: Values, config: Values) => void;
}

export interface LocalProviderOptions {
  readonly address: string;
  readonly schema: ProviderSchema;
  readonly types: Readonly<Record<string, LocalType>>;
  readonly ephemeral: Readonly<Record<string, LocalType>>;
}

/** A provider without a cloud, such as random: its objects are values, made once and kept in the state. */
export class LocalProvider implements Provider, ConfiguredProvider {
  readonly legacyTypes = false;
  readonly address: string;
  readonly schema: ProviderSchema;

  constructor(private readonly options: LocalProviderOptions) {
    this.address = options.address;
    this.schema = options.schema;
  }

  configure(): ConfiguredProvider {
    return this;
  }

  validateResource(name: string, config: Values): Diagnostic[] {
    const missing = checkRequired(this.schema.resource_schemas[name]!.block, config);
    return [...missing, ...(this.type(name).validate?.(config) ?? [])];
  }

  validateEphemeral(name: string, config: Values): Diagnostic[] {
    return this.options.ephemeral[name]?.validate?.(config) ?? [];
  }

  read(_name: string, state: Values): Values {
    return state;
  }

  plan(name: string, { prior, proposed, config }: PlannedChange): Plan {
    const block = this.schema.resource_schemas[name]!.block;
    const planned = this.complete(block, this.type(name), proposed, config, prior);
    if (!prior) return { planned, replace: [] };
    const changeable = new Set(this.type(name).changeable);
    const fixed = [...Object.entries(block.attributes ?? {}), ...Object.entries(block.block_types ?? {})]
      .map(([attribute]) => attribute)
      .filter((attribute) => !changeable.has(attribute));
    const replace = findReplacements(block, fixed, prior, planned).map((path) => nameablePath(block, path));
    return { planned, replace };
  }

  apply(name: string, { prior, planned }: AppliedChange): Promise<Values | null> {
    if (!planned || prior) return Promise.resolve(planned);
    return Promise.resolve(this.make(this.schema.resource_schemas[name]!.block, this.type(name), planned));
  }

  importState(name: string): Values {
    throw new Refusal(`${name} cannot be imported in the sandbox: it exists in Terraform's state alone`);
  }

  openEphemeral(name: string, config: Values): Values {
    const block = this.schema.ephemeral_resource_schemas?.[name]?.block;
    const type = this.options.ephemeral[name];
    if (!block || !type)
      throw new Refusal(`${this.address} has no ephemeral resource ${name} in the sandbox`);
    return this.make(block, type, this.complete(block, type, config, config, null));
  }

  private complete(
    block: BlockSchema,
    type: LocalType,
    proposed: Values,
    config: Values,
    prior: Values | null,
  ): Values {
    const planned = planValues(block, { defaults: {}, computedBlocks: new Set() }, proposed, prior);
    for (const [argument, value] of Object.entries(type.defaults ?? {})) {
      if (config[argument] === null || config[argument] === undefined) planned[argument] = value;
    }
    type.plan?.(planned, config);
    return planned;
  }

  private make(block: BlockSchema, type: LocalType, planned: Values): Values {
    const results = type.results(planned);
    const filled = Object.entries(planned).map(([name, value]) => [
      name,
      isUnknown(value) ? (results[name] ?? value) : value,
    ]);
    return fillUnknown(block, Object.fromEntries(filled) as Values);
  }

  private type(name: string): LocalType {
    const type = this.options.types[name];
    if (!type) throw new Refusal(`${this.address} has no resource type ${name} in the sandbox`);
    return type;
  }
}
