import type { MapNode, YamlNode } from "./yaml-node";

/**
 * Layers of one document, the lowest first, to what holds: maps merge by key, everything else replaces (a list too, and
 * a map that meets a value). Pure. Nodes are kept as they are, so each leaf of the result still knows where it is
 * written; a map that several layers write is placed where the highest of them writes it.
 */
export function mergeLayers(layers: readonly MapNode[]): MapNode {
  return layers.reduce(mergeMaps);
}

function mergeMaps(lower: MapNode, higher: MapNode): MapNode {
  const entries = new Map<string, YamlNode>(lower.entries);
  for (const [key, node] of higher.entries) {
    const below = entries.get(key);
    entries.set(key, below?.kind === "map" && node.kind === "map" ? mergeMaps(below, node) : node);
  }
  return { ...higher, entries };
}
