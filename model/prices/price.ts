/** What a price is for one of. A `month` is a whole month of a machine, however long the month is. */
export type PriceUnit = "hour" | "month" | "GB" | "GB-month" | "MiB";

/**
 * What a price rests on: `list` a published list, `derived` another price of such a list, `guess` general knowledge that
 * nobody has checked, `own` the `prices` of accounts/defaults.yaml.
 */
export type PriceBasis = "list" | "derived" | "guess" | "own";

/** A list price in US dollars, without discounts and taxes. */
export interface Price {
  /** Its name, by which accounts/defaults.yaml replaces it: `gcp/machine/n2-standard-4/europe-west4`. */
  readonly id: string;
  /** Of the first unit of a month, where it depends on the amount. */
  readonly usd: number;
  readonly per: PriceUnit;
  readonly source: string;
  /** When the source said so: `2025-03-06`, `2024-09`. */
  readonly date: string;
  readonly basis: PriceBasis;
  /** Where more costs less: each holds from its amount of a month on. @default one price for all */
  readonly steps?: readonly PriceStep[];
}

export interface PriceStep {
  /** Units of a month that are charged at the steps before. */
  readonly from: number;
  readonly usd: number;
}

/** A price that nobody knows. */
export interface UnknownPrice {
  readonly id: string;
  readonly per: PriceUnit;
}

export const isKnown = (price: Price | UnknownPrice): price is Price => "usd" in price;

/** `no price known for gcp/machine/z9-standard-4/europe-west4 (USD an hour); add it under prices in accounts/defaults.yaml` */
export const unknownPriceText = ({ id, per }: UnknownPrice): string =>
  `no price known for ${id} (USD ${per === "hour" ? "an" : "a"} ${per}); add it under prices in accounts/defaults.yaml`;

/** US dollars for an amount of a month, step by step. */
export function costOfAmount({ usd, steps }: Price, amount: number): number {
  if (!steps) return usd * amount;
  return steps.reduce((sum, step, index) => {
    const end = steps[index + 1]?.from ?? Infinity;
    return sum + step.usd * Math.max(0, Math.min(amount, end) - step.from);
  }, 0);
}
