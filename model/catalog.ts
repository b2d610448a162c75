import gcpData from "./data/gcp-catalog.json";
import linodeData from "./data/linode-catalog.json";
import type { CatalogExtra } from "./schema/defaults";

export type Cloud = "gcp" | "linode";

/** Regions that are near each other are near for callers too: the default region groups. */
export type Continent =
  "africa" | "asia" | "europe" | "middle-east" | "north-america" | "oceania" | "south-america";

export interface GcpRegion {
  readonly zones: readonly string[];
  readonly continent: Continent;
}

export interface LinodeRegion {
  readonly continent: Continent;
  /** Linodes that one placement group takes: 5 in core regions, 0 (no groups) in distributed sites. */
  readonly placementGroupLimit: number;
}

export interface MachineSize {
  readonly vcpus: number;
  readonly memoryGb: number;
}

/** What the clouds are known to offer: advisory lists, dated in `model/data/`, widened by `catalog.extra`. */
export interface Catalog {
  readonly gcpRegions: ReadonlyMap<string, GcpRegion>;
  readonly gcpMachineTypes: ReadonlyMap<string, MachineSize>;
  readonly linodeRegions: ReadonlyMap<string, LinodeRegion>;
  readonly linodeTypes: ReadonlyMap<string, MachineSize>;
}

/** Limit of every core region (Linode API, placement groups, 2026-07). */
const LINODES_PER_PLACEMENT_GROUP = 5;

const GCP_CONTINENTS: Readonly<Record<string, Continent>> = {
  africa: "africa",
  asia: "asia",
  australia: "oceania",
  europe: "europe",
  me: "middle-east",
  northamerica: "north-america",
  southamerica: "south-america",
  us: "north-america",
};

const COUNTRY_CONTINENTS: Readonly<Record<string, Continent>> = {
  au: "oceania",
  br: "south-america",
  ca: "north-america",
  cl: "south-america",
  co: "south-america",
  de: "europe",
  es: "europe",
  fr: "europe",
  gb: "europe",
  id: "asia",
  in: "asia",
  it: "europe",
  jp: "asia",
  mx: "north-america",
  my: "asia",
  nl: "europe",
  no: "europe",
  nz: "oceania",
  se: "europe",
  sg: "asia",
  us: "north-america",
  za: "africa",
};

function gcpContinent(region: string): Continent {
  const continent = GCP_CONTINENTS[region.split("-")[0]!];
  if (!continent) {
    throw new Error(
      `no continent is known for Google Cloud region ${region}; add its prefix to GCP_CONTINENTS in model/catalog.ts`,
    );
  }
  return continent;
}

function linodeContinent(region: string, country: string): Continent {
  const continent = COUNTRY_CONTINENTS[country];
  if (!continent) {
    throw new Error(
      `no continent is known for country ${country} of Linode region ${region}; add it to COUNTRY_CONTINENTS in model/catalog.ts`,
    );
  }
  return continent;
}

/** The shipped lists together with what `catalog.extra` in accounts/defaults.yaml admits. */
export function buildCatalog(extra: CatalogExtra = {}): Catalog {
  const gcpRegions = new Map<string, GcpRegion>();
  for (const [name, zones] of Object.entries(gcpData.regions)) {
    gcpRegions.set(name, { zones, continent: gcpContinent(name) });
  }
  for (const [name, region] of Object.entries(extra.gcpRegions ?? {})) gcpRegions.set(name, region);

  const linodeRegions = new Map<string, LinodeRegion>();
  for (const [name, region] of Object.entries(linodeData.regions)) {
    linodeRegions.set(name, {
      continent: linodeContinent(name, region.country),
      placementGroupLimit: region.siteType === "core" ? LINODES_PER_PLACEMENT_GROUP : 0,
    });
  }
  for (const [name, region] of Object.entries(extra.linodeRegions ?? {})) {
    linodeRegions.set(name, region);
  }

  const linodeTypes = new Map<string, MachineSize>();
  for (const [name, type] of Object.entries(linodeData.types)) {
    linodeTypes.set(name, { vcpus: type.vcpus, memoryGb: type.memoryMb / 1024 });
  }
  for (const [name, size] of Object.entries(extra.linodeTypes ?? {})) linodeTypes.set(name, size);

  return {
    gcpRegions,
    gcpMachineTypes: new Map<string, MachineSize>([
      ...Object.entries(gcpData.machineTypes),
      ...Object.entries(extra.gcpMachineTypes ?? {}),
    ]),
    linodeRegions,
    linodeTypes,
  };
}

/** `europe-west4-a` is in `europe-west4`. */
export const regionOfZone = (zone: string): string => zone.replace(/-[a-z]$/, "");
