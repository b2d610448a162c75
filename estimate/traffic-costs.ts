import { figure } from "../model/figure";
import { costOfAmount, isKnown, type Price } from "../model/prices/price";
import type { Answer, PriceList } from "../model/prices/price-list";
import { linodeQuota, linodeTransferGb } from "../model/prices/shipped-prices";
import { addAmounts, type Amounts, mapAmounts, NOTHING } from "./amounts";
import type { BridgeUse } from "./bridge-use";
import { byCustomer } from "./by-customer";
import { type CostLine, costLine } from "./cost-line";
import { type Bridges, mayShareRoom } from "./fleet-bridges";
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
  const quotas = quotasOf(uses);
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
      const free = quotas.get(groupOf(flow)) ?? 0;
      const beyond = mapAmounts(gb, (amount, key) =>
        total[key] > 0 ? (amount * Math.max(0, total[key] - free)) / total[key] : 0,
      );
      const note =
        `${gbText(gb.expected)} expected, ${gbText(gb.ceiling)} at most; the account's machines${whereOf(from)} have ` +
        `${gbText(free)} a month for nothing together, and what is beyond is divided by traffic`;
      return costLine({ ...head, note }, growing(beyond), price);
    }
    // More costs less, for the account's traffic together: everybody pays the mean.
    const usdOf = (amount: number, key: keyof Amounts) =>
      amount === 0 ? 0 : (costOfAmount(price as Price, total[key]) * amount) / total[key];
    return costLine(head, gb, price, usdOf);
  });
}

/** Traffic that is charged together: at Linode by quota, at Google that of an account at prices with like steps. */
const groupOf = ({ from, price }: Flow): string =>
  from.cloud === "linode"
    ? quotaKey(from)
    : `gcp ${from.account} ${isKnown(price) && price.steps ? JSON.stringify(price.steps) : price.id}`;

function flowsOf(
  { bridges: from, egressGb, relayGb }: BridgeUse,
  serving: ReadonlyMap<string, readonly BridgeUse[]>,
  prices: PriceList,
): readonly Flow[] {
  const internet = prices.egress(from.cloud, from.cloudRegion);
  const meshes = from.serves.flatMap((id) =>
    (serving.get(id) ?? []).filter(({ bridges: to }) => mayShareRoom(from, to, id)),
  );
  const others = [...new Set(meshes)];
  const sums = addAmounts(others.map(({ participantHours }) => participantHours));
  const toOthers = others.map(({ bridges: to, participantHours }): Flow => {
    const share = (key: "expected" | "ceiling") =>
      sums[key] > 0 ? participantHours[key] / sums[key] : 1 / others.length;
    // By the people there; by those who are expected, and what is more by those who may come.
    const expected = relayGb.expected * share("expected");
    const ceiling = expected + (relayGb.ceiling - relayGb.expected) * share("ceiling");
    const isInside = from.cloud === "gcp" && to.cloud === "gcp";
    return {
      from,
      kind: "relay",
      what: `to bridges of ${to.name} in ${to.region}`,
      gb: { floor: 0, expected, ceiling },
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

/** An account has a quota for most regions together, and one for each of the others. */
const quotaKey = ({ account, cloudRegion }: Bridges): string =>
  `linode ${account} ${linodeQuota(cloudRegion)}`;

const whereOf = ({ cloudRegion }: Bridges): string =>
  linodeQuota(cloudRegion) === "global" ? "" : ` in ${cloudRegion}`;

/** GB that Linodes may send in a month for nothing, by `quotaKey`. A type that the list lacks adds none. */
function quotasOf(uses: readonly BridgeUse[]): ReadonlyMap<string, number> {
  const quotas = new Map<string, number>();
  for (const { bridges } of uses) {
    if (bridges.pool?.cloud !== "linode") continue;
    const own = bridges.pool.size * (linodeTransferGb(bridges.type, bridges.cloudRegion) ?? 0);
    quotas.set(quotaKey(bridges), (quotas.get(quotaKey(bridges)) ?? 0) + own);
  }
  return quotas;
}

const growing = ({ floor, expected, ceiling }: Amounts): Amounts => ({
  floor,
  expected: Math.max(floor, expected),
  ceiling: Math.max(floor, expected, ceiling),
});

const gbText = (gb: number): string => `${figure(gb, 0)} GB`;
