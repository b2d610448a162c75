import googleBehaviours from "../../sandbox/data/google-6.50.0.behaviour.json";
import linodeBehaviours from "../../sandbox/data/linode-3.13.0.behaviour.json";
import { googleModels } from "../../sandbox/google/models/all";
import { linodeModels } from "../../sandbox/linode/models";
import { offlineProviders } from "../../sandbox/providers";
import { CloudStore } from "../../sandbox/store/cloud-store";
import type { Behaviours } from "../../sandbox/engine/behaviour";
import type { ResourceModel } from "../../sandbox/engine/resource-model";
import type { AttributeSchema, BlockSchema } from "../../sandbox/protocol/provider-schema";

const providers = offlineProviders(new CloudStore("/nonexistent/clouds.json"));

describe.each([
  ["google", googleBehaviours as Behaviours, googleModels],
  ["linode", linodeBehaviours as Behaviours, linodeModels],
])("the tables of %s", (name, behaviours, models: Readonly<Record<string, ResourceModel<never>>>) => {
  const { resource_schemas: schemas } = providers.find(({ address }) => address.endsWith(`/${name}`))!.schema;

  it("are about the resource types of the schema, all of them", () => {
    expect(Object.keys(behaviours).sort()).toEqual(Object.keys(schemas).sort());
    expect(Object.keys(schemas)).toEqual(expect.arrayContaining(Object.keys(models)));
  });

  it("name attributes and blocks that the schema has", () => {
    const unknown = Object.entries(behaviours).flatMap(([type, behaviour]) => {
      const groups = [
        behaviour.conflicts_with,
        behaviour.exactly_one_of,
        behaviour.at_least_one_of,
        behaviour.required_with,
      ];
      const model = models[type];
      const paths = [
        ...behaviour.requires_replace,
        ...Object.keys(behaviour.defaults ?? {}),
        ...Object.keys(behaviour.enums ?? {}),
        ...groups.flatMap((group) => Object.entries(group ?? {}).flat(2)),
        ...(model?.clientOnly ?? []),
        ...(model?.hidden ?? []),
        ...(model?.rules ?? []).map(({ path }) => path),
        ...(model?.references ?? []).map(({ path }) => path),
      ];
      // Of a name that only the zonal or only the regional twin has, the model of both speaks all the same.
      return paths
        .filter((path) => !has(schemas[type]!.block, path.split(".")))
        .map((path) => `${type} ${path}`);
    });
    expect(unknown).toEqual([]);
  });

  it("refer to resource types that exist", () => {
    const targets = Object.values(models).flatMap(({ references = [] }) =>
      references.map(({ type }) => type),
    );
    expect(Object.keys(schemas)).toEqual(expect.arrayContaining(targets));
  });
});

function has(block: BlockSchema, [name, ...rest]: readonly string[]): boolean {
  const attribute: AttributeSchema | undefined = block.attributes?.[name!];
  const nested = block.block_types?.[name!]?.block ?? attribute?.nested_type;
  return rest.length === 0 ? Boolean(attribute ?? nested) : nested !== undefined && has(nested, rest);
}
