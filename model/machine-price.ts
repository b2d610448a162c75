import type { PriceList } from "./prices/price-list";
import { isKnown } from "./prices/price";

/** What a Google machine with a public address costs for an hour, and where the figure is from. */
export interface MachinePrice {
  /** On demand, without disk, traffic and discounts. */
  readonly usdPerHour: number;
  readonly source: string;
  /** When the source said so. */
  readonly date: string;
  /** False where the figure rests on a factor between machine families that nobody has checked. */
  readonly isVerified: boolean;
}

/**
 * Price of a machine in a region; undefined where that of the type or of its address is not known.
 *
 * @param machineType `n2-standard-4`.
 * @param region `europe-west4`.
 */
export function machinePrice(
  machineType: string,
  region: string,
  prices: PriceList,
): MachinePrice | undefined {
  const [machine, address] = [prices.gcpMachine(machineType, region), prices.gcpAddress(region)];
  if (!isKnown(machine) || !isKnown(address)) return undefined;
  const { source, date, basis } = machine;
  return { usdPerHour: machine.usd + address.usd, source, date, isVerified: basis !== "guess" };
}
