import type { Catalog } from "../../model/catalog";
import { listed } from "../../model/listed";
import type { Entity } from "./find-entity";

/** Names listed one by one at most. */
const LISTED = 16;

/** What the catalogue of the clouds allows for a field, in words; undefined for fields that it says nothing of. */
export function allowedNames(entity: Entity, field: string, catalog: Catalog): string | undefined {
  const names = namesFor(entity, field, catalog);
  if (!names) return undefined;
  return `${listed([...names].sort(), LISTED)}; others by catalog.extra in defaults.yaml`;
}

function namesFor(entity: Entity, field: string, catalog: Catalog): Iterable<string> | undefined {
  switch (entity.kind) {
    case "customer":
      if (field === "server.machineType") return catalog.gcpMachineTypes.keys();
      return field === "server.zone" ? zonesOf(catalog) : undefined;
    case "pool": {
      const isGoogle = entity.pool.cloud === "gcp";
      if (field === "region") return (isGoogle ? catalog.gcpRegions : catalog.linodeRegions).keys();
      if (isGoogle && field === "machineType") return catalog.gcpMachineTypes.keys();
      return !isGoogle && field === "type" ? catalog.linodeTypes.keys() : undefined;
    }
    case "account":
      return undefined;
  }
}

const zonesOf = ({ gcpRegions }: Catalog): readonly string[] =>
  [...gcpRegions.values()].flatMap(({ zones }) => zones);
