import type { z } from "zod";
import type { EntityRef } from "../model/problem";
import { accountSchema, type AccountSettings } from "../model/schema/account";
import { customerSchema, type CustomerSettings } from "../model/schema/customer";
import { layerSchema } from "../model/schema/defaults";
import type { PoolSettings } from "../model/schema/pool";
import { keysOf, schemaAt } from "../model/schema/schema-at";
import { cloudOf, POOL_CLOUDS } from "./check-layers";
import { mergeLayers } from "./merge-layers";
import type { ProblemList } from "./problem-list";
import { refKey } from "./provenance";
import { reportIssues } from "./report-issues";
import { type MapNode, nodeAt, plainOf } from "./yaml-node";

/** Layers that an entity's own file is merged with. */
export interface Layers {
  /** accounts/defaults.yaml; undefined when there is none. */
  readonly defaults: MapNode | undefined;
  /** account.yaml of the entity's account. */
  readonly account: MapNode;
}

/** Something that layers have a section for. */
interface Inheriting {
  readonly merged: z.ZodType;
  readonly section: string;
}

const CUSTOMERS: Inheriting = { merged: customerSchema, section: "customers" };

const LAYER_KEYS: ReadonlySet<string> = new Set(["defaults", "overrides"]);

/** Merges layers and parses the result once, with the schema's defaults. Remembers each merged document, and its layers. */
export class DocumentMerger {
  /** Merged documents by `refKey`. */
  readonly merged = new Map<string, MapNode>();
  /** What each was merged of, the lowest layer first. */
  readonly layers = new Map<string, readonly MapNode[]>();

  constructor(private readonly problems: ProblemList) {}

  account(at: EntityRef, own: MapNode, defaults: MapNode | undefined): AccountSettings | undefined {
    const itself: MapNode = {
      ...own,
      entries: new Map([...own.entries].filter(([key]) => !LAYER_KEYS.has(key))),
    };
    const layers = [
      labelsOf(defaults),
      labelsOf(mapAt(own, ["defaults"])),
      itself,
      labelsOf(mapAt(own, ["overrides"])),
    ];
    return this.parse(at, layers, own, accountSchema);
  }

  customer(at: EntityRef, own: MapNode, layers: Layers): CustomerSettings | undefined {
    return this.parse(at, around(own, layers, CUSTOMERS), own, customerSchema);
  }

  pool(at: EntityRef, own: MapNode, layers: Layers): PoolSettings | undefined {
    const cloud = cloudOf(own);
    if (cloud === undefined) return undefined;
    const entity = POOL_CLOUDS[cloud];
    return this.parse<PoolSettings>(at, around(own, layers, entity), own, entity.merged);
  }

  private parse<T>(
    at: EntityRef,
    layers: readonly (MapNode | undefined)[],
    own: MapNode,
    schema: z.ZodType<T>,
  ): T | undefined {
    const written = layers.filter((layer) => layer !== undefined);
    const root = mergeLayers(written);
    this.layers.set(refKey(at), written);
    this.merged.set(refKey(at), root);
    const parsed = schema.safeParse(plainOf(root));
    if (parsed.success) return parsed.data;
    reportIssues(parsed.error.issues, { root, own, schema }, this.problems);
    return undefined;
  }
}

/** The layers of a customer or pool, the lowest first. */
function around(own: MapNode, { defaults, account }: Layers, entity: Inheriting): (MapNode | undefined)[] {
  const { section } = entity;
  return [
    inheritable(defaults && mapAt(defaults, [section]), entity),
    inheritable(mapAt(account, ["defaults", section]), entity),
    own,
    inheritable(mapAt(account, ["overrides", section]), entity),
  ];
}

/**
 * A layer's section without the fields that only an entity's own file has, such as a pool's region: they were refused
 * when the layer was read, and merged they would be judged once more, and instead of what the entity says.
 */
function inheritable(layer: MapNode | undefined, { merged, section }: Inheriting): MapNode | undefined {
  const known = keysOf(merged) ?? [];
  const inherited = keysOf(schemaAt(layerSchema, [section])) ?? [];
  const refused = known.filter((key) => !inherited.includes(key));
  if (!layer || !refused.some((key) => layer.entries.has(key))) return layer;
  return { ...layer, entries: new Map([...layer.entries].filter(([key]) => !refused.includes(key))) };
}

/** Of a layer, the part that an account takes: its labels. */
function labelsOf(layer: MapNode | undefined): MapNode | undefined {
  const labels = layer?.entries.get("labels");
  return layer && labels && { ...layer, entries: new Map([["labels", labels]]) };
}

/** A section of a layer; undefined when it is not written, or not a map, which is reported elsewhere. */
function mapAt(root: MapNode, path: readonly string[]): MapNode | undefined {
  const node = nodeAt(root, path);
  return node?.kind === "map" ? node : undefined;
}
