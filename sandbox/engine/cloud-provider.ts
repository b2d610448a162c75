import { checkBehaviour } from "./check-behaviour";
import { checkRequired } from "./check-required";
import { ConfiguredCloud } from "./configured-cloud";
import { nameablePath } from "./nameable-path";
import { Refusal } from "../protocol/diagnostic";
import type { Behaviours } from "./behaviour";
import type { Cloud, ResourceType } from "./cloud";
import type { ResourceModel } from "./resource-model";
import type { CloudStore } from "../store/cloud-store";
import type { Diagnostic } from "../protocol/diagnostic";
import type { ConfiguredProvider, Provider } from "../protocol/provider";
import type { ProviderSchema } from "../protocol/provider-schema";
import type { Values } from "../protocol/value";

export interface CloudProviderOptions<Settings> {
  readonly address: string;
  readonly schema: ProviderSchema;
  /** Another provider of the same cloud: objects of its types can be referred to. @default none */
  readonly sibling?: ProviderSchema;
  readonly behaviours: Behaviours;
  readonly models: Readonly<Record<string, ResourceModel<Settings>>>;
  readonly cloud: Cloud<Settings>;
  readonly store: CloudStore;
  /** Milliseconds since 1970. */
  readonly clock: () => number;
}

/** A provider of objects in a pretended cloud. */
export class CloudProvider<Settings> implements Provider {
  readonly legacyTypes = true;
  readonly address: string;
  readonly schema: ProviderSchema;
  private readonly types: ReadonlyMap<string, ResourceType<Settings>>;

  constructor(private readonly options: CloudProviderOptions<Settings>) {
    this.address = options.address;
    this.schema = options.schema;
    this.types = new Map(
      Object.entries({ ...options.sibling?.resource_schemas, ...options.schema.resource_schemas }).map(
        ([name, { block }]) => {
          const behaviour = options.behaviours[name];
          if (!behaviour) throw new Error(`${name} has a schema but no behaviour table`);
          return [name, { name, block, behaviour, model: options.models[name] ?? {} }];
        },
      ),
    );
  }

  validateResource(name: string, config: Values): Diagnostic[] {
    const type = this.type(name);
    const found = [
      ...checkRequired(type.block, config),
      ...checkBehaviour(type.behaviour, type.model.rules ?? [], config),
      ...(type.model.validate?.(config) ?? []),
    ];
    return found.map((one) => ({ ...one, ...(one.path && { path: nameablePath(type.block, one.path) }) }));
  }

  validateEphemeral(name: string): Diagnostic[] {
    return [{ summary: `${this.address} has no ephemeral resource ${name} in the sandbox` }];
  }

  configure(config: Values): ConfiguredProvider {
    const { cloud, store, clock } = this.options;
    const settings = cloud.configure(config);
    return new ConfiguredCloud({
      cloud,
      store,
      clock,
      settings,
      type: (name) => this.type(name),
      types: this.types,
    });
  }

  private type(name: string): ResourceType<Settings> {
    const type = this.types.get(name);
    if (!type) throw new Refusal(`${this.address} has no resource type ${name} in the sandbox`);
    return type;
  }
}
