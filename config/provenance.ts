import type { EntityRef, FieldPath } from "../model/problem";
import { formatField } from "./format-field";
import { isSecretField } from "./show-value";
import { type MapNode, nodeAt, offsetOf, plainOf, type YamlNode } from "./yaml-node";

/** The layers of design section 4, the lowest first. */
export type LayerName = "defaults" | "account-defaults" | "own" | "account-overrides";

/** Where the value of a field comes from. */
export interface Origin {
  readonly layer: LayerName;
  readonly file: string;
  readonly line: number;
  readonly column: number;
  /** The field as that file names it, such as `defaults.customers.server.machineType`. */
  readonly field: string;
}

/** A value as it is written: scalars, lists and empty maps. */
export interface Leaf {
  readonly path: FieldPath;
  readonly origin: Origin;
}

/** What one layer says of a field. */
export interface Written {
  readonly origin: Origin;
  /** Plain data; undefined when the field's name promises a secret. */
  readonly value: unknown;
}

/** One string per entity: `customer acme/abc`. */
export function refKey(ref: EntityRef): string {
  switch (ref.kind) {
    case "defaults":
      return "defaults";
    case "account":
      return `account ${ref.account}`;
    case "customer":
      return `customer ${ref.account}/${ref.customer}`;
    case "pool":
      return `pool ${ref.account}/${ref.pool}`;
  }
}

/** Which layer supplied what, for every merged document. What no layer writes has the schema's default. */
export class Provenance {
  /**
   * @param merged documents after merging, by `refKey`
   * @param layers what each was merged of, the lowest first
   */
  constructor(
    private readonly merged: ReadonlyMap<string, MapNode>,
    private readonly layers: ReadonlyMap<string, readonly MapNode[]>,
  ) {}

  /** Where a field was written; undefined when no layer writes it. */
  originOf(at: EntityRef, path: FieldPath): Origin | undefined {
    const root = this.merged.get(refKey(at));
    const node = root && nodeAt(root, path);
    return node && originOf(node);
  }

  /**
   * Everything that is written for a field, from the layer that wins on downwards. Of a map each layer may hold a part,
   * so ask for its values one by one.
   */
  writtenAt(at: EntityRef, path: FieldPath): readonly Written[] {
    const layers = this.layers.get(refKey(at)) ?? [];
    return [...layers].reverse().flatMap((layer) => {
      const node = nodeAt(layer, path);
      if (!node) return [];
      return [{ origin: originOf(node), value: isSecretField(node.path) ? undefined : plainOf(node) }];
    });
  }

  /** Every value that a layer wrote into an entity's document, in the order of its keys. */
  leavesOf(at: EntityRef): readonly Leaf[] {
    const root = this.merged.get(refKey(at));
    return root ? leavesBelow(root, []) : [];
  }
}

function leavesBelow(node: YamlNode, path: FieldPath): readonly Leaf[] {
  if (node.kind !== "map" || node.entries.size === 0) return [{ path, origin: originOf(node) }];
  return [...node.entries].flatMap(([key, child]) => leavesBelow(child, [...path, key]));
}

function originOf(node: YamlNode): Origin {
  const { source, path } = node;
  return {
    layer: layerOf(node),
    file: source.path,
    ...source.positionAt(offsetOf(node)),
    field: formatField(path),
  };
}

function layerOf({ source, path }: YamlNode): LayerName {
  if (source.kind === "defaults") return "defaults";
  if (source.kind !== "account") return "own";
  if (path[0] === "defaults") return "account-defaults";
  return path[0] === "overrides" ? "account-overrides" : "own";
}
