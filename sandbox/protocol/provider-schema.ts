/** The format of `terraform providers schema -json`, as far as it is used. */
export interface ProviderSchema {
  readonly provider: ResourceSchema;
  readonly resource_schemas: Readonly<Record<string, ResourceSchema>>;
  readonly ephemeral_resource_schemas?: Readonly<Record<string, ResourceSchema>>;
}

export interface ResourceSchema {
  readonly version: number;
  readonly block: BlockSchema;
}

export interface BlockSchema {
  readonly attributes?: Readonly<Record<string, AttributeSchema>>;
  readonly block_types?: Readonly<Record<string, NestedBlockSchema>>;
}

export interface AttributeSchema {
  readonly type?: AttributeType;
  readonly nested_type?: {
    readonly attributes: Readonly<Record<string, AttributeSchema>>;
    readonly nesting_mode: "single" | "list" | "set" | "map";
  };
  readonly required?: boolean;
  readonly optional?: boolean;
  readonly computed?: boolean;
  readonly sensitive?: boolean;
  readonly write_only?: boolean;
}

export interface NestedBlockSchema {
  readonly block: BlockSchema;
  readonly nesting_mode: "single" | "group" | "list" | "set" | "map";
  readonly min_items?: number;
  readonly max_items?: number;
}

export type AttributeType =
  | "string"
  | "number"
  | "bool"
  | readonly ["list" | "set" | "map", AttributeType]
  | readonly ["object", Readonly<Record<string, AttributeType>>];
