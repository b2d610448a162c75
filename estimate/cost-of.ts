import type { Fleet } from "../model/fleet";
import { isKnown, type Price, type UnknownPrice, unknownPriceText } from "../model/prices/price";
import { pricesOf } from "../model/prices/price-list";
import { addUsd, type Amounts, splitUsd } from "./amounts";
import { type BridgeUse, type HoursOn, type MeasuredUse, type UseBasis, useOf } from "./bridge-use";
import { byCustomer } from "./by-customer";
import type { CostLine } from "./cost-line";
import { bridgesOf } from "./fleet-bridges";
import { poolLines, serverLines } from "./machine-costs";
import { type MeetingShape, SHAPES } from "./meeting-shape";
import { trafficLines } from "./traffic-costs";

export interface CostOptions {
  /** Hours of the month, 672 to 744. @default 730, a twelfth of a year */
  readonly hoursPerMonth?: number;
  /** How people meet: what a participant is sent. @default mixed */
  readonly shape?: MeetingShape;
  /** Participant-hours of a month, by customer, where somebody knows them. @default an office's week that fills the bridges kept */
  readonly participantHours?: ReadonlyMap<string, number>;
  /** Reports of real use; they win over nothing that `participantHours` says. @default none */
  readonly measured?: readonly MeasuredUse[];
  /** Participant-hours of a month on each pool, or on a server, where even that is known; they win. @default none */
  readonly hoursOn?: HoursOn;
}

/** What a fleet costs in a month, in US dollars without taxes and discounts. Pure: two fleets can be compared. */
export interface FleetCost {
  readonly currency: "USD";
  readonly hoursPerMonth: number;
  readonly shape: MeetingShape;
  /** The sum of the customers, and of the lines. */
  readonly total: Amounts;
  /** In the order of the fleet. */
  readonly customers: readonly CustomerCost[];
  /** In the order of the fleet. */
  readonly pools: readonly PoolCost[];
  readonly lines: readonly CostLine[];
  /** Every price in use, by name. */
  readonly prices: readonly Price[];
  /** Where more people are expected than all of the bridges carry: the traffic is counted as if they did. */
  readonly overfull: readonly Overfull[];
  /** What is in no sum, because nobody knows its price. */
  readonly unknown: readonly (UnknownPrice & { readonly text: string })[];
}

export interface Overfull {
  /** `<account>/<pool>`, or `<customer> (server)`. */
  readonly bridges: string;
  readonly serves: readonly string[];
  /** Participants at the fullest time. */
  readonly expected: number;
  /** Participants on all of the bridges, at stress 0.8. */
  readonly carried: number;
}

export interface CustomerCost {
  readonly customer: string;
  readonly account: string;
  readonly total: Amounts;
  /** Of the server, and of a bridge on it. */
  readonly server: Amounts;
  /** Its part of each pool that serves it. */
  readonly pools: readonly PoolPart[];
}

export interface PoolPart {
  /** `acme/eu-burst` */
  readonly pool: string;
  /** Of its cost, 0 to 1: expected participant-hours on it, against those of all whom it serves. */
  readonly share: number;
  readonly usd: Amounts;
}

export interface PoolCost {
  readonly pool: string;
  readonly account: string;
  readonly cloud: "gcp" | "linode";
  readonly region: string;
  readonly serves: readonly string[];
  readonly total: Amounts;
  readonly use: PoolUse;
}

/** What the pool's figures rest on. */
export interface PoolUse {
  readonly basis: UseBasis;
  readonly bridgeHours: Amounts;
  readonly participantHours: Amounts;
  readonly egressGb: Amounts;
  readonly relayGb: Amounts;
}

/** A twelfth of a year. */
export const HOURS_PER_MONTH = (365 * 24) / 12;

export function costOf(fleet: Fleet, options: CostOptions = {}): FleetCost {
  const { hoursPerMonth = HOURS_PER_MONTH, shape = SHAPES[0]! } = options;
  const uses = useOf(bridgesOf(fleet), {
    hoursPerMonth,
    shape,
    participantHours: options.participantHours ?? new Map(),
    measured: options.measured ?? [],
    ...(options.hoursOn && { hoursOn: options.hoursOn }),
  });
  const prices = pricesOf(fleet);
  const asked = new Map<string, Price | UnknownPrice>();
  const use = <P extends Price | UnknownPrice>(price: P): P => {
    asked.set(price.id, price);
    return price;
  };
  const lines = [
    ...fleet.customers.flatMap((customer) => serverLines(customer, hoursPerMonth, prices, use)),
    ...uses.flatMap((each) => poolLines(each, hoursPerMonth, prices, use)),
    ...trafficLines(uses, prices, use),
  ];
  const sums = sumsOf(lines);
  const pools = uses.flatMap((each) => poolCost(each, sums.of("pool", each.bridges.name)));
  const sorted = [...asked.values()].sort((a, b) => (a.id < b.id ? -1 : 1));
  return {
    currency: "USD",
    hoursPerMonth,
    shape,
    total: addUsd(lines.flatMap(({ usd }) => usd ?? [])),
    customers: customerCosts(fleet, uses, sums),
    pools,
    lines,
    prices: sorted.filter(isKnown),
    overfull: uses.flatMap(({ bridges: { name, serves }, fullest }) =>
      // Not for a fault of binary fractions.
      fullest.expected > fullest.carried + 1e-6 ? [{ bridges: name, serves, ...fullest }] : [],
    ),
    unknown: sorted.flatMap((price) => (isKnown(price) ? [] : [{ ...price, text: unknownPriceText(price) }])),
  };
}

function poolCost(
  { bridges, basis, bridgeHours, participantHours, egressGb, relayGb }: BridgeUse,
  total: Amounts,
): readonly PoolCost[] {
  const { name, account, cloud, cloudRegion, serves, pool } = bridges;
  if (!pool) return [];
  return [
    {
      ...{ pool: name, account, cloud, region: cloudRegion, serves },
      total,
      use: { basis, bridgeHours, participantHours, egressGb, relayGb },
    },
  ];
}

function customerCosts(fleet: Fleet, uses: readonly BridgeUse[], sums: Sums): readonly CustomerCost[] {
  const parts = uses
    .filter(({ bridges }) => bridges.pool)
    .flatMap((use) => partsOf(use, sums.of("pool", use.bridges.name)));
  const partsOfCustomer = byCustomer(parts, ({ customer }) => [customer]);
  return fleet.customers.map(({ id, account }) => {
    const server = sums.of("customer", id);
    const pools = (partsOfCustomer.get(id) ?? []).map(({ part }) => part);
    const total = addUsd([server, ...pools.map(({ usd }) => usd)]);
    return { customer: id, account, total, server, pools };
  });
}

/** What each customer that a pool serves has of its cost. */
function partsOf(
  { bridges, weights }: BridgeUse,
  total: Amounts,
): readonly { readonly customer: string; readonly part: PoolPart }[] {
  const sum = weights.reduce((all, weight) => all + weight, 0);
  return splitUsd(total, weights).map((usd, index) => ({
    customer: bridges.serves[index]!,
    part: { pool: bridges.name, share: sum > 0 ? weights[index]! / sum : 1 / weights.length, usd },
  }));
}

interface Sums {
  readonly of: (kind: CostLine["of"]["kind"], name: string) => Amounts;
}

/** What the lines of each customer and pool cost together. */
function sumsOf(lines: readonly CostLine[]): Sums {
  const usdOf = new Map<string, Amounts[]>();
  for (const { of, usd } of lines) {
    const key = `${of.kind} ${of.name}`;
    const known = usdOf.get(key) ?? [];
    if (usd) known.push(usd);
    usdOf.set(key, known);
  }
  return {
    of: (kind, name) => addUsd(usdOf.get(`${kind} ${name}`) ?? []),
  };
}
