type Paths = readonly string[];

/**
 * What a provider's schema does not say about one resource type. Paths are dotted and without positions, such as
 * `network_interface.nic_type`.
 */
export interface Behaviour {
  /** How the id is built; `{{x}}` is an attribute, `{{number}}` and `{{generated}}` are chosen by the cloud. */
  readonly id_format: string;
  /** Attributes and blocks whose change asks for a new object. Of a block in a list, only the count is meant. */
  readonly requires_replace: Paths;
  /** What the provider writes into plan and state when the configuration says nothing. */
  readonly defaults?: Readonly<Record<string, string | number | boolean>>;
  readonly enums?: Readonly<Record<string, Paths>>;
  readonly conflicts_with?: Readonly<Record<string, Paths>>;
  readonly exactly_one_of?: Readonly<Record<string, Paths>>;
  readonly at_least_one_of?: Readonly<Record<string, Paths>>;
  readonly required_with?: Readonly<Record<string, Paths>>;
}

export type Behaviours = Readonly<Record<string, Behaviour>>;
