import type { Customer, Pool } from "../../model/fleet";
import { poolName } from "../list/fleet-lists";
import type { MapPool } from "./fleet-map";

/** Pools whose bridges relay the calls of these customers to one another. */
export interface MapMesh {
  readonly pools: readonly string[];
  readonly customers: readonly string[];
}

/**
 * The meshes of customers, one for all whom the same pools serve. Not every pool of a customer is in one with the others:
 * a call that stays in its region (IntraRegion) or on one bridge (SingleBridge) is not relayed further, and bridges of a
 * next release never share a call with those of this one.
 *
 * @param settings of the pools, for their `nextImage`; the bridge on a server has none
 */
export function meshesOf(
  customers: readonly Customer[],
  pools: readonly MapPool[],
  settings: readonly Pool[],
): readonly MapMesh[] {
  const nextTags = new Map(settings.map((pool) => [poolName(pool), pool.nextImage?.tag ?? ""]));
  const serving = new Map<string, MapPool[]>();
  for (const pool of pools) for (const id of pool.serves) serving.set(id, [...(serving.get(id) ?? []), pool]);

  const meshes = new Map<string, { readonly pools: readonly string[]; readonly customers: string[] }>();
  for (const { id, jicofo } of customers) {
    if (jicofo.selectionStrategy === "SingleBridge") continue;
    const together = new Map<string, string[]>();
    for (const { name, region } of serving.get(id) ?? []) {
      const place = jicofo.selectionStrategy === "IntraRegion" ? region : "";
      const key = `${place} ${nextTags.get(name) ?? ""}`;
      together.set(key, [...(together.get(key) ?? []), name]);
    }
    for (const names of together.values()) {
      if (names.length < 2) continue;
      const key = names.join(" ");
      const mesh = meshes.get(key);
      if (mesh) mesh.customers.push(id);
      else meshes.set(key, { pools: names, customers: [id] });
    }
  }
  return [...meshes.values()];
}
