import { addUsd, type Amounts } from "../../estimate/amounts";
import { SPANNING_SHARE } from "../../estimate/bridge-use";
import type { CostLine } from "../../estimate/cost-line";
import type { FleetCost, Overfull } from "../../estimate/cost-of";
import { serverBridgeName } from "../../estimate/fleet-bridges";
import { OVERLOAD_STRESS } from "../../model/capacity";
import { figure } from "../../model/figure";
import { listed } from "../../model/listed";
import type { Chosen } from "../chosen-entities";
import type { ReadUsage } from "./read-usage";

/** What `fleet cost --json` prints: of what was asked for. */
export interface CostReport extends Omit<FleetCost, "total" | "unknown"> {
  /** What is in no sum, because nobody knows its price, and the pools and servers (by customer) whose sums lack it. */
  readonly unknown: readonly (FleetCost["unknown"][number] & { readonly of: readonly string[] })[];
  /** The sum of `customers`, each with its part of shared pools; null where only pools were asked for. */
  readonly total: Amounts | null;
  /** What the figures rest on. */
  readonly notes: readonly string[];
}

/** What was asked for of a fleet's cost. */
export function costReport(cost: FleetCost, chosen: Chosen, measured: readonly ReadUsage[]): CostReport {
  const customers = cost.customers.filter(({ customer }) => chosen.customers.has(customer));
  const pools = cost.pools.filter(({ pool }) => chosen.pools.has(pool));
  const lines = cost.lines.filter(({ of: { kind, name } }) =>
    (kind === "customer" ? chosen.customers : chosen.pools).has(name),
  );
  const inUse = new Set(lines.map(({ price }) => price));
  // A customer's part of a pool counts, where that pool was not asked for, too.
  const counted = new Set([
    ...[...chosen.customers, ...chosen.pools],
    ...customers.flatMap((each) => each.pools.map(({ pool }) => pool)),
  ]);
  const some = {
    ...cost,
    ...{ customers, pools, lines },
    prices: cost.prices.filter(({ id }) => inUse.has(id)),
    overfull: cost.overfull.filter(
      ({ bridges, serves }) =>
        chosen.pools.has(bridges) ||
        serves.some((id) => bridges === serverBridgeName(id) && chosen.customers.has(id)),
    ),
    unknown: cost.unknown.flatMap((price) => {
      const all = cost.lines.filter((line) => line.price === price.id).map((line) => line.of.name);
      const of = [...new Set(all)].filter((name) => counted.has(name));
      return of.length > 0 ? [{ ...price, of }] : [];
    }),
    total: customers.length > 0 ? addUsd(customers.map(({ total }) => total)) : null,
  };
  return { ...some, notes: notesOf(some, measured) };
}

/** What is known of the figures, one sentence each. */
function notesOf(
  { pools, lines, prices, unknown, overfull, customers }: Omit<CostReport, "notes">,
  measured: readonly ReadUsage[],
): readonly string[] {
  const by = (basis: string) => pools.filter(({ use }) => use.basis === basis).map(({ pool }) => pool);
  const dates = [...new Set(prices.map(({ date }) => date))].sort();
  const guesses = prices.filter(({ basis }) => basis === "guess").map(({ id }) => id);
  const own = prices.filter(({ basis }) => basis === "own").map(({ id }) => id);
  const shared = pools.filter(({ serves }) => serves.length > 1);
  const months = measured.filter(({ customer }) => pools.some(({ serves }) => serves.includes(customer)));
  return [
    ...unknown.map(({ text, of }) => `NOT in the sums marked * (${listed(of)}): ${text}.`),
    ...(overfull.length > 0
      ? [
          "TOO SMALL for those who are expected, at stress " +
            `${OVERLOAD_STRESS}: ${listed(overfull.map(overfullText))}. Their traffic is counted all the same.`,
        ]
      : []),
    "Floor: size.min and schedules, and nobody comes. Ceiling: size.max all month, an office week that fills all bridges " +
      `to stress ${OVERLOAD_STRESS}.`,
    ...(by("assumed").length > 0
      ? [
          `Expected, assumed: an office week (as in fleet simulate) that at its fullest fills the bridges kept for it, by ` +
            `size.min or schedule, to the stress at which another one is added: ${listed(by("assumed"))}. Say better with --usage or --participant-hours.`,
        ]
      : []),
    ...(by("given").length > 0
      ? [`Expected, given: participant-hours spread like an office week: ${listed(by("given"))}.`]
      : []),
    ...(by("measured").length > 0
      ? [
          `Expected, measured: ${listed(by("measured"))}, from ` +
            `${listed(months.map(({ customer, month, hours }) => `${customer} ${month} (${Math.round(hours)} hours)`))}, ` +
            "scaled to the month.",
        ]
      : []),
    ...(lines.some(({ kind }) => kind === "relay") && by("measured").length < pools.length
      ? [
          `Relays, guessed: ${SPANNING_SHARE * 100} % of participants are in calls with people on bridges of another pool.`,
        ]
      : []),
    ...(shared.length > 0
      ? [
          `Shared pools are divided by expected participant-hours, to the cent` +
            `${customers.length > 0 ? "" : "; the figures are of the whole pool"}: ` +
            `${listed(shared.map(({ pool, serves }) => `${pool} (${listed(serves)})`))}.`,
        ]
      : []),
    `Prices are in USD, without taxes and discounts, of ${dates.join(", ")}; --explain shows each with its source.`,
    ...(guesses.length > 0 ? [`Prices that nobody has checked: ${listed(guesses)}.`] : []),
    ...(own.length > 0 ? [`Prices of accounts/defaults.yaml: ${listed(own)}.`] : []),
    "Not counted: DNS, secrets, uptime checks, buckets, logs, support, and traffic of servers. docs/cost-and-capacity.md says more.",
  ];
}

/** `acme/nl-static (785 people at the fullest, 160 carried)` */
const overfullText = ({ bridges, expected, carried }: Overfull): string =>
  `${bridges} (${figure(Math.ceil(expected), 0)} people at the fullest, ${figure(carried, 0)} carried)`;

/** Lines that belong together in a summary: of a cloud, region and kind. */
export interface Summary {
  readonly cloud: CostLine["cloud"];
  readonly region: string;
  readonly kind: CostLine["kind"];
  readonly usd: Amounts;
  /** Something is not in it, because nobody knows its price. */
  readonly isLacking: boolean;
}

/** Sorted by cloud, region and kind. */
export function summaries(lines: readonly CostLine[]): readonly Summary[] {
  const groups = new Map<string, CostLine[]>();
  for (const line of lines) {
    const key = `${line.cloud} ${line.region} ${line.kind}`;
    groups.set(key, [...(groups.get(key) ?? []), line]);
  }
  return [...groups.entries()]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([, group]) => {
      const { cloud, region, kind } = group[0]!;
      return {
        cloud,
        region,
        kind,
        usd: addUsd(group.flatMap(({ usd }) => usd ?? [])),
        isLacking: group.some(({ usd }) => !usd),
      };
    });
}
