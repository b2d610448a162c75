import googleBehaviours from "./data/google-6.50.0.behaviour.json";
import googleBetaSchema from "./data/google-beta-6.50.0.schema.json";
import googleSchema from "./data/google-6.50.0.schema.json";
import linodeBehaviours from "./data/linode-3.13.0.behaviour.json";
import linodeSchema from "../providers/linode/schema/linode-3.13.0.schema.json";
import randomSchema from "./data/random-3.7.2.schema.json";
import tlsSchema from "./data/tls-4.1.0.schema.json";
import { CloudProvider } from "./engine/cloud-provider";
import { googleCloud } from "./google/google-cloud";
import { googleModels } from "./google/models/all";
import { linodeCloud } from "./linode/linode-cloud";
import { linodeModels } from "./linode/models";
import { randomProvider } from "./random/random-provider";
import { tlsProvider } from "./tls/tls-provider";
import type { Behaviours } from "./engine/behaviour";
import type { Provider } from "./protocol/provider";
import type { ProviderSchema } from "./protocol/provider-schema";
import type { Values } from "./protocol/value";
import type { CloudStore } from "./store/cloud-store";

/**
 * The offline providers: google, google-beta, linode, random and tls. The clouds are in `store`.
 *
 * @param clock milliseconds since 1970, for times of creation. @default the system's clock
 * @param drawPassword what random_password gives for its settings. @default a text by chance
 */
export function offlineProviders(
  store: CloudStore,
  clock: () => number = Date.now,
  drawPassword?: (settings: Values) => string,
): readonly Provider[] {
  const google = {
    behaviours: googleBehaviours as Behaviours,
    models: googleModels,
    cloud: googleCloud,
    store,
    clock,
  };
  const linode = {
    behaviours: linodeBehaviours as Behaviours,
    models: linodeModels,
    cloud: linodeCloud,
    store,
    clock,
  };
  return [
    new CloudProvider({ ...google, ...schemaIn(googleSchema) }),
    new CloudProvider({ ...google, ...schemaIn(googleBetaSchema), sibling: schemaIn(googleSchema).schema }),
    new CloudProvider({ ...linode, ...schemaIn(linodeSchema) }),
    randomProvider(schemaIn(randomSchema).schema, drawPassword),
    tlsProvider(schemaIn(tlsSchema).schema, clock),
  ];
}

/** The only provider in an answer of `terraform providers schema -json`. */
function schemaIn(document: { readonly provider_schemas: object }): {
  readonly address: string;
  readonly schema: ProviderSchema;
} {
  const [entry] = Object.entries(document.provider_schemas) as [string, ProviderSchema][];
  const [address, schema] = entry!;
  return { address, schema };
}
