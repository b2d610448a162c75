import { figure } from "../model/figure";
import { costOfAmount, isKnown, type Price } from "../model/prices/price";
import type { Answer, PriceList } from "../model/prices/price-list";
import { linodeTransferGb } from "../model/prices/shipped-prices";
import { addAmounts, type Amounts, mapAmounts, NOTHING } from "./amounts";
import type { BridgeUse } from "./bridge-use";
import { byCustomer } from "./by-customer";
import { type CostLine, costLine } from "./cost-line";
import type { Bridges } from "./fleet-bridges";
import type { Use } from "./machine-costs";

/** Traffic from bridges to one place. */
interface Flow {
  readonly from: Bridges;
  readonly kind: "egress" | "relay";
  readonly what: string;
  readonly gb: Amounts;
  readonly price: Answer;
}

/** What leaves the bridges: to participants, and to bridges of other pools. What arrives is free at both clouds. */
export function trafficLines(uses: readonly BridgeUse[], prices: PriceList, use: Use): CostLine[] {
  const serving = byCustomer(uses, ({ bridges }) => bridges.serves);
  const flows = uses.flatMap((each) => flowsOf(each, serving, prices));
  const totals = new Map<string, Amounts>();
  for (const flow of flows) {
    const key = groupOf(flow);
    totals.set(key, addAmounts([totals.get(key) ?? NOTHING, flow.gb]));
  }
  const transfer = transferPools(uses);
  return flows.map((flow) => {
    const { from, kind, what, gb } = flow;
    const price = use(flow.price);
    const total = totals.get(groupOf(flow))!;
    const head = {
      of: from.pool
        ? { kind: "pool" as const, name: from.name }
        : { kind: "customer" as const, name: from.serves[0]! },
      ...{ account: from.account, cloud: from.cloud, region: from.cloudRegion, kind, what },
    };
    if (from.cloud === "linode") {
      const pool = transfer.get(from.account)!;
      const beyond = mapAmounts(gb, (amount, key) =>
        total[key] > 0 ? (amount * Math.max(0, total[key] - pool)) / total[key] : 0,
      );
      const note =
        `${gbText(gb.expected)} expected, ${gbText(gb.ceiling)} at most; the account's machines have ${gbText(pool)} a ` +
        "month for nothing together, and what is beyond is divided by traffic";
      return costLine({ ...head, note }, growing(beyond), price);
    }
    // More costs less, for the account's traffic together: everybody pays the mean.
    const usdOf = (amount: number, key: keyof Amounts) =>
      amount === 0 ? 0 : (costOfAmount(price as Price, total[key]) * amount) / total[key];
    return costLine(head, gb, price, usdOf);
  });
}

/** Traffic that is charged together: at Linode an account's, at Google that of an account at prices with like steps. */
const groupOf = ({ from, price }: Flow): string =>
  from.cloud === "linode"
    ? `linode ${from.account}`
    : `gcp ${from.account} ${isKnown(price) && price.steps ? JSON.stringify(price.steps) : price.id}`;

function flowsOf(
  { bridges: from, egressGb, relayGb }: BridgeUse,
  serving: ReadonlyMap<string, readonly BridgeUse[]>,
  prices: PriceList,
): readonly Flow[] {
  const internet = prices.egress(from.cloud, from.cloudRegion);
  const meshes = from.serves.flatMap((id) => serving.get(id) ?? []);
  const others = [...new Set(meshes)].filter(({ bridges: to }) => to.name !== from.name);
  const sum = others.reduce((total, { participantHours }) => total + participantHours.ceiling, 0);
  const toOthers = others.map(({ bridges: to, participantHours }): Flow => {
    const share = sum > 0 ? participantHours.ceiling / sum : 1 / others.length;
    const isInside = from.cloud === "gcp" && to.cloud === "gcp";
    return {
      from,
      kind: "relay",
      what: `to bridges of ${to.name} in ${to.region}`,
      gb: mapAmounts(relayGb, (amount) => amount * share),
      price: isInside ? prices.gcpRelay(from.cloudRegion, to.cloudRegion) : internet,
    };
  });
  // Measured, of a customer with one pool: between bridges of that pool.
  const alone: Flow = {
    from,
    kind: "relay",
    what: "to bridges of the same pool",
    gb: relayGb,
    price: from.cloud === "gcp" ? prices.gcpRelay(from.cloudRegion, from.cloudRegion) : internet,
  };
  return [
    { from, kind: "egress", what: "to participants", gb: egressGb, price: internet },
    ...(others.length > 0 ? toOthers : relayGb.ceiling > 0 ? [alone] : []),
  ];
}

/** GB that the Linodes of each account may send in a month for nothing. A type that the list lacks adds none. */
function transferPools(uses: readonly BridgeUse[]): ReadonlyMap<string, number> {
  const pools = new Map<string, number>();
  for (const { bridges } of uses) {
    if (bridges.pool?.cloud !== "linode") continue;
    const own = bridges.pool.size * (linodeTransferGb(bridges.type) ?? 0);
    pools.set(bridges.account, (pools.get(bridges.account) ?? 0) + own);
  }
  return pools;
}

const growing = ({ floor, expected, ceiling }: Amounts): Amounts => ({
  floor,
  expected: Math.max(floor, expected),
  ceiling: Math.max(floor, expected, ceiling),
});

const gbText = (gb: number): string => `${figure(gb, 0)} GB`;
