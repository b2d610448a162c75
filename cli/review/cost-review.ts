import { AMOUNT_KEYS, addUsd, type Amounts, mapAmounts, NOTHING } from "../../estimate/amounts";
import { costOf, type FleetCost } from "../../estimate/cost-of";
import { movedByNeighbours } from "../../estimate/moved-by-neighbours";
import { samePeople } from "../../estimate/same-people";
import { sharedWithOthers } from "../../estimate/shared-with-others";
import type { Fleet } from "../../model/fleet";
import type { Price, PriceUnit } from "../../model/prices/price";
import type { BaseFleet } from "./base-fleet";
import { beforeAndAfter, type ChangeKind } from "./before-and-after";

/** What a change does to the bill of a month, in US dollars, as `fleet cost` counts without options. */
export interface CostReview {
  readonly currency: "USD";
  readonly hoursPerMonth: number;
  /** Why there is no before: a sentence. null when there is one. */
  readonly noBefore: string | null;
  readonly total: {
    readonly before: Amounts | null;
    readonly after: Amounts;
    /** After less before. */
    readonly difference: Amounts | null;
  };
  /** Those that cost something else, the largest difference first; each with its part of shared pools. */
  readonly customers: readonly CostChange[];
  /** As `customers`; a pool is a part of what its customers cost. */
  readonly pools: readonly CostChange[];
  /** Of these customers and pools, those that only others move: traffic is charged for an account together. */
  readonly movedByNeighbours: readonly string[];
  /** Of these customers, those who share a pool with others than before, so that their part of it is another one. */
  readonly sharedWithOthers: readonly string[];
  /** Prices in use before and after that are not the same. */
  readonly prices: readonly PriceChange[];
  /** What of the total's difference comes of prices alone: the head at its own prices, less the head at the base's. */
  readonly byPrices: Amounts;
  /** What is in no sum, because nobody knows its price. */
  readonly unknown: readonly {
    readonly price: string;
    readonly text: string;
    readonly in: "before" | "after" | "both";
  }[];
  /**
   * What the expected cost changes by when as many people come as the base is taken to have: what is expected is reckoned
   * from the bridges that are kept, so another size or target is taken for other people. null where there is no before.
   */
  readonly samePeople: number | null;
  /** Of the prices in use after the change, as their sources say: `2024-07`, `2025-03-06`. Sorted. */
  readonly priceDates: readonly string[];
}

export interface CostChange {
  /** `abc`, `acme/eu-burst` */
  readonly name: string;
  readonly account: string;
  readonly change: ChangeKind;
  /** null for what is added. */
  readonly before: Amounts | null;
  /** null for what is removed. */
  readonly after: Amounts | null;
  readonly difference: Amounts;
}

export interface PriceChange {
  /** Its name: `gcp/machine/n2-standard-4/europe-west4`. */
  readonly price: string;
  readonly per: PriceUnit;
  /** Of the first unit; null where it was not known. */
  readonly before: number | null;
  /** null where it is not known any more. */
  readonly after: number | null;
}

/** What the head costs against the base, each at its own prices. Pure. */
export function costReview(base: BaseFleet, head: Fleet): CostReview {
  const after = costOf(head);
  const before = "fleet" in base ? costOf(base.fleet) : undefined;
  const own = {
    currency: after.currency,
    hoursPerMonth: after.hoursPerMonth,
    unknown: unknownOf(before, after),
    priceDates: [...new Set(after.prices.map(({ date }) => date))].sort(),
  };
  if (!("fleet" in base) || !before)
    return {
      ...own,
      noBefore: "unknown" in base ? base.unknown : null,
      total: { before: null, after: after.total, difference: null },
      ...{ customers: [], pools: [], movedByNeighbours: [], sharedWithOthers: [] },
      ...{ prices: [], byPrices: NOTHING, samePeople: null },
    };
  const customers = changesOf(
    before.customers.map((each) => ({ ...each, name: each.customer })),
    after.customers.map((each) => ({ ...each, name: each.customer })),
  );
  const shared = sharedWithOthers(before, after);
  return {
    ...own,
    noBefore: null,
    total: { before: before.total, after: after.total, difference: lessUsd(after.total, before.total) },
    customers,
    pools: changesOf(
      before.pools.map((each) => ({ ...each, name: each.pool })),
      after.pools.map((each) => ({ ...each, name: each.pool })),
    ),
    movedByNeighbours: [...movedByNeighbours(before, after)],
    sharedWithOthers: customers.map(({ name }) => name).filter((name) => shared.has(name)),
    prices: priceChanges(before, after),
    byPrices: lessUsd(after.total, costOf(atPricesOf(head, base.fleet)).total),
    samePeople: lessUsd(costOf(head, { hoursOn: samePeople(base.fleet, head) }).total, before.total).expected,
  };
}

/** The largest of three figures, without its sign. */
export const largest = (amounts: Amounts): number =>
  Math.max(...AMOUNT_KEYS.map((key) => Math.abs(amounts[key])));

interface Costing {
  readonly name: string;
  readonly account: string;
  readonly total: Amounts;
}

const changesOf = (before: readonly Costing[], after: readonly Costing[]): CostChange[] =>
  beforeAndAfter(before, after, ({ name }) => name)
    .map(({ name, change, before: was, after: is, last }): CostChange => ({
      ...{ name, account: last.account, change },
      before: was?.total ?? null,
      after: is?.total ?? null,
      difference: lessUsd(is?.total ?? NOTHING, was?.total ?? NOTHING),
    }))
    .filter(({ change, difference }) => change !== "changed" || largest(difference) > 0)
    .sort((a, b) => largest(b.difference) - largest(a.difference));

const lessUsd = (amounts: Amounts, other: Amounts): Amounts =>
  addUsd([amounts, mapAmounts(other, (amount) => -amount)]);

/** Steps of a price move with its first one, or are another price, too. */
function priceChanges(before: FleetCost, after: FleetCost): PriceChange[] {
  const [old, now] = [known(before), known(after)];
  const isAsked = (cost: FleetCost, id: string): boolean => cost.unknown.some((price) => price.id === id);
  return [...new Set([...old.keys(), ...now.keys()])].sort().flatMap((id): PriceChange[] => {
    const [was, is] = [old.get(id), now.get(id)];
    if (was && is && was.usd === is.usd && JSON.stringify(was.steps) === JSON.stringify(is.steps)) return [];
    if (!was && !isAsked(before, id)) return [];
    if (!is && !isAsked(after, id)) return [];
    return [{ price: id, per: (is ?? was)!.per, before: was?.usd ?? null, after: is?.usd ?? null }];
  });
}

const known = ({ prices }: FleetCost): ReadonlyMap<string, Price> =>
  new Map(prices.map((price) => [price.id, price]));

function unknownOf(before: FleetCost | undefined, after: FleetCost): CostReview["unknown"] {
  const old = before?.unknown ?? [];
  const inBefore = new Set(old.map(({ id }) => id));
  const inAfter = new Set(after.unknown.map(({ id }) => id));
  return [
    ...after.unknown.map(({ id, text }) => ({
      price: id,
      text,
      in: inBefore.has(id) ? ("both" as const) : ("after" as const),
    })),
    ...old
      .filter(({ id }) => !inAfter.has(id))
      .map(({ id, text }) => ({ price: id, text, in: "before" as const })),
  ];
}

function atPricesOf(head: Fleet, { prices }: Fleet): Fleet {
  const { prices: _own, ...rest } = head;
  return { ...rest, ...(prices && { prices }) };
}
