import type { Catalog, Continent } from "../catalog";
import linodeCatalog from "../data/linode-catalog.json";
import data from "../data/prices.json";
import type { Price, PriceStep } from "./price";

/** A price without the name that it was asked by. */
export type ShippedPrice = Omit<Price, "id" | "per">;

type ByName = Readonly<Record<string, number>>;

const listed = (
  usd: number | undefined,
  { source, date }: { readonly source: string; readonly date: string },
): ShippedPrice | undefined => (usd === undefined ? undefined : { usd, source, date, basis: "list" });

/** Only of types `<family>-standard-<n>`: other memory costs something else. */
export function gcpMachine(
  type: string,
  region: string,
  { gcpMachineTypes }: Pick<Catalog, "gcpMachineTypes">,
): ShippedPrice | undefined {
  const { machines, families } = data.gcp;
  const name = /^([a-z0-9]+)-standard-[0-9]+$/.exec(type)?.[1] ?? "";
  const family = Object.hasOwn(families, name) ? families[name as keyof typeof families] : undefined;
  const vcpus = gcpMachineTypes.get(type)?.vcpus;
  const base = (machines.n2Standard2PerHour as ByName)[region];
  if (!family || vcpus === undefined || base === undefined) return undefined;
  const { factor, basis, source, date } = family;
  return {
    usd: (base / 2) * vcpus * factor,
    source: basis === "list" ? machines.source : `${machines.source}; times ${factor}: ${source}`,
    date,
    basis: basis as Price["basis"],
  };
}

/** @param type `pd-balanced`, `pd-ssd` or `pd-standard`. */
export function gcpDisk(type: string, region: string): ShippedPrice | undefined {
  const disks = data.gcp.disksPerGbMonth;
  const regions = Object.hasOwn(disks, type) ? disks[type as "pd-balanced"] : undefined;
  return listed((regions as ByName | undefined)?.[region], disks);
}

export const gcpSnapshot = (region: string): ShippedPrice | undefined =>
  listed((data.gcp.snapshotsPerGbMonth.regions as ByName)[region], data.gcp.snapshotsPerGbMonth);

export const gcpAddress = (): ShippedPrice | undefined =>
  listed(data.gcp.addressPerHour.usd, data.gcp.addressPerHour);

export const gcpMonitoring = (): ShippedPrice | undefined =>
  listed(data.gcp.monitoringPerMib.usd, data.gcp.monitoringPerMib);

/** To the Internet; the longest prefix of the region's name decides. */
export function gcpEgress(region: string): ShippedPrice | undefined {
  const { egressPerGb } = data.gcp;
  const row = egressPerGb.regions
    .filter(({ prefix }) => region.startsWith(prefix))
    .sort((a, b) => b.prefix.length - a.prefix.length)[0];
  if (!row) return undefined;
  const steps: readonly PriceStep[] = row.usdPerGb.map((usd, index) => ({
    from: egressPerGb.fromGb[index]!,
    usd,
  }));
  return { ...listed(steps[0]!.usd, egressPerGb)!, steps };
}

/** From a bridge to another one at Google, in the same or another region. */
export function gcpRelay(
  from: string,
  to: string,
  { gcpRegions }: Pick<Catalog, "gcpRegions">,
): ShippedPrice | undefined {
  const continentOf = (region: string): Continent | undefined => gcpRegions.get(region)?.continent;
  const [a, b] = [continentOf(from) ?? "", continentOf(to) ?? ""].sort();
  const between = from === to ? "zones" : a === b ? `regions of ${a}` : `${a} and ${b}`;
  const row = data.gcp.relayPerGb.find((each) => each.between === between);
  return row && { usd: row.usd, source: row.source, date: row.date, basis: row.basis as Price["basis"] };
}

interface LinodeType {
  readonly monthlyUsd: number;
  readonly transferGb: number;
  readonly networkOutMbps: number;
  readonly regionPrices: ByName;
}

const linodeType = (type: string): LinodeType | undefined =>
  (linodeCatalog.types as unknown as Readonly<Record<string, LinodeType>>)[type];

/** Distributed sites have prices of their own, which the list does not have. */
export function linodeMachine(type: string, region: string): ShippedPrice | undefined {
  const known = linodeType(type);
  if (!known || !isCore(region)) return undefined;
  return listed(known.regionPrices[region] ?? known.monthlyUsd, data.linode.machines);
}

/** Beyond the quota that the region's traffic is counted against: `linodeQuota`. */
export function linodeEgress(region: string): ShippedPrice | undefined {
  const { egressPerGb } = data.linode;
  if (!Object.hasOwn(linodeCatalog.regions, region)) return undefined;
  const own = hasOwnEgress(region) ? (egressPerGb.regions as ByName)[region] : undefined;
  return listed(own ?? (isCore(region) ? egressPerGb.usd : egressPerGb.distributed), egressPerGb);
}

const isCore = (region: string): boolean =>
  (linodeCatalog.regions as Readonly<Record<string, { readonly siteType: string }>>)[region]?.siteType ===
  "core";

const hasOwnEgress = (region: string): boolean => Object.hasOwn(data.linode.egressPerGb.regions, region);

/**
 * What a region's traffic is counted against in an account: `global`, or the name of the region where it is counted apart
 * (Linode API, `region_transfers` of an account's transfer). Those are the regions with a price of their own; distributed
 * sites, which have one, are taken for such, too.
 */
export const linodeQuota = (region: string): string =>
  hasOwnEgress(region) || !isCore(region) ? region : "global";

/**
 * GB that a machine adds to a month's quota of its account. Undefined for a type that the list lacks, and in distributed
 * sites: their machines are other ones than the list's.
 */
export const linodeTransferGb = (type: string, region: string): number | undefined =>
  isCore(region) ? linodeType(type)?.transferGb : undefined;

/** Mbit/s that a machine sends at most. */
export const linodeNetworkMbps = (type: string): number | undefined => linodeType(type)?.networkOutMbps;
