import { isKnown, type Price, type PriceUnit, type UnknownPrice } from "../model/prices/price";
import { type Amounts, mapAmounts, toUsd } from "./amounts";

export type CostKind = "machines" | "disks" | "snapshots" | "addresses" | "monitoring" | "egress" | "relay";

/** One figure of a bill: so much of something, at a price that has a name. */
export interface CostLine {
  /** Whose it is. A pool's is divided among the customers that it serves. */
  readonly of: { readonly kind: "customer" | "pool"; readonly name: string };
  readonly account: string;
  readonly cloud: "gcp" | "linode";
  /** As the cloud names it: `europe-west4`. */
  readonly region: string;
  readonly kind: CostKind;
  /** For people: `bridges, n2-standard-4`. */
  readonly what: string;
  readonly per: PriceUnit;
  /** In units of the price. Of Linode's egress what is beyond the account's pool. */
  readonly quantity: Amounts;
  /** Name of the price; `prices` of the result has the rest. */
  readonly price: string;
  /** In whole cents; null where the price is not known. */
  readonly usd: Amounts | null;
  /** What else the figure rests on. @default nothing */
  readonly note?: string;
}

export type LineHead = Omit<CostLine, "per" | "price" | "usd" | "quantity">;

/** @param usdOf US dollars of a quantity. @default quantity times price */
export function costLine(
  head: LineHead,
  quantity: Amounts,
  price: Price | UnknownPrice,
  usdOf: (quantity: number, key: keyof Amounts) => number = (amount) => amount * (price as Price).usd,
): CostLine {
  return {
    ...head,
    per: price.per,
    quantity,
    price: price.id,
    usd: isKnown(price) ? toUsd(mapAmounts(quantity, usdOf)) : null,
  };
}
