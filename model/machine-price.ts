import type { Catalog } from "./catalog";
import data from "./data/gcp-prices.json";

/** What a Google machine with a public address costs for an hour, and where the figure is from. */
export interface MachinePrice {
  /** List price on demand, without disk, traffic and discounts. */
  readonly usdPerHour: number;
  readonly source: string;
  /** When the source said so. */
  readonly date: string;
  /** False where the figure rests on a factor between machine families that nobody has checked. */
  readonly isVerified: boolean;
}

const PRICES: Readonly<Record<string, number>> = data.n2Standard2PerHour;
const FACTORS: Readonly<Record<string, number>> = data.familyFactor;

/**
 * List price of a machine in a region; undefined for a type or region that the table does not know, and for types other
 * than `<family>-standard-<n>`, whose memory costs something else.
 *
 * @param machineType `n2-standard-4`.
 * @param region `europe-west4`.
 */
export function machinePrice(
  machineType: string,
  region: string,
  { gcpMachineTypes }: Pick<Catalog, "gcpMachineTypes">,
): MachinePrice | undefined {
  const family = /^([a-z0-9]+)-standard-[0-9]+$/.exec(machineType)?.[1];
  const vcpus = gcpMachineTypes.get(machineType)?.vcpus;
  const factor = family === undefined ? undefined : FACTORS[family];
  const price = PRICES[region];
  if (family === undefined || vcpus === undefined || factor === undefined || price === undefined)
    return undefined;
  return {
    usdPerHour: (price / 2) * vcpus * factor + data.externalIpv4PerHour.inUse,
    source: data.source,
    date: data.asOf,
    isVerified: !data.unverifiedFactors.includes(family),
  };
}
