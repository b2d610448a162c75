import data from "./data/egress-prices.json";
import linodeCatalog from "./data/linode-catalog.json";
import type { Cloud } from "./catalog";

/** What a gigabyte out of a region costs at most, and where the figure is from. */
export interface EgressPrice {
  readonly usdPerGb: number;
  readonly source: string;
  /** When the source said so. */
  readonly date: string;
}

const DISTRIBUTED: ReadonlySet<string> = new Set(
  Object.entries(linodeCatalog.regions).flatMap(([region, { siteType }]) =>
    siteType === "core" ? [] : [region],
  ),
);

/**
 * List price of traffic to the Internet out of a region: of the first terabyte of a month (Google Cloud), or beyond the
 * account's pool (Linode). So it is an upper bound. undefined for a region that the list does not know.
 *
 * @param region `europe-west4`, `nl-ams`.
 */
export function egressPrice(cloud: Cloud, region: string): EgressPrice | undefined {
  if (cloud === "linode" && DISTRIBUTED.has(region)) return data.linodeDistributed;
  return data[cloud]
    .filter(({ prefix }) => region.startsWith(prefix))
    .sort((a, b) => b.prefix.length - a.prefix.length)[0];
}
