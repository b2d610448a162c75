import type { Catalog, Cloud, Continent } from "./catalog";
import type { Customer } from "./fleet";

/** The string that a bridge announces as its region and that Jicofo compares: `gcp-europe-west4`, `linode-nl-ams`. */
export const bridgeRegion = (cloud: Cloud, region: string): string => `${cloud}-${region}`;

/**
 * Groups of bridge regions that are near each other, for Jicofo.
 *
 * The default names every region of the catalogue, not only those in use: a pool in a new region then changes
 * nothing on the server, and Jicofo, whose restart re-invites every call, keeps running.
 */
export function regionGroups(
  catalog: Catalog,
  customer: Pick<Customer, "regionGroups">,
): readonly (readonly string[])[] {
  if (customer.regionGroups) return customer.regionGroups;
  const byContinent = new Map<Continent, string[]>();
  const add = (continent: Continent, region: string) =>
    byContinent.set(continent, [...(byContinent.get(continent) ?? []), region]);
  for (const [name, { continent }] of catalog.gcpRegions) add(continent, bridgeRegion("gcp", name));
  for (const [name, { continent }] of catalog.linodeRegions) add(continent, bridgeRegion("linode", name));
  return [...byContinent.entries()]
    .sort(([a], [b]) => a.localeCompare(b, "en"))
    .map(([, regions]) => [...regions].sort());
}
