import { readState } from "../workspace/terraform-state";
import type { StackResult } from "../workspace/terraform-line";
import type { Values } from "../protocol/value";

/** One object in a stack's Terraform state. */
export interface DeployedObject {
  readonly stack: string;
  /** As Terraform prints it, such as `linode_instance.bridge["1"]`. */
  readonly address: string;
  readonly type: string;
  readonly attributes: Values;
}

/** What Terraform has made, by the states of a rehearsal. @throws RehearsalProblem when one is broken */
export function deployedObjects(directory: string, stacks: readonly string[]): DeployedObject[] {
  return stacks.flatMap((stack) => {
    return (readState(directory, stack)?.resources ?? [])
      .filter(({ mode }) => mode === "managed")
      .flatMap(({ type, name, instances }) =>
        instances.map(({ index_key: key, attributes }) => {
          const address = `${type}.${name}${key === undefined ? "" : `[${JSON.stringify(key)}]`}`;
          return { stack, address, type, attributes };
        }),
      );
  });
}

/** What became of a stack's objects. An object that was replaced under its old id counts as changed. */
export function compareObjects(
  before: readonly DeployedObject[],
  after: readonly DeployedObject[],
): StackResult {
  const byAddress = (objects: readonly DeployedObject[]): Map<string, Values> =>
    new Map(objects.map(({ address, attributes }) => [address, attributes]));
  const [old, fresh] = [byAddress(before), byAddress(after)];
  const isOther = (address: string): boolean => old.get(address)?.["id"] !== fresh.get(address)?.["id"];
  const stayed = [...fresh.keys()].filter((address) => old.has(address) && !isOther(address));
  return {
    added: [...fresh.keys()].filter(isOther).length,
    changed: stayed.filter(
      (address) => JSON.stringify(old.get(address)) !== JSON.stringify(fresh.get(address)),
    ).length,
    destroyed: [...old.keys()].filter(isOther).length,
  };
}
