import type { Dashboard, DynamicConfigValue } from "@grafana/grafana-foundation-sdk/dashboard";
import type { Field } from "../../../model/measurements";
import { gcpEgress, linodeEgress, type ShippedPrice } from "../../../model/prices/shipped-prices";
import { type BridgeGroup, byRegion, ofAllCustomers } from "../bridge-group";
import { buildDashboard } from "../dashboard";
import { byRegionNow, byRegionOverTime } from "../influx-ql";
import { lines, note, type Placed, stat } from "../panels";
import { influxQl, math, type Query, refIdOf } from "../queries";
import { NONE_STEPS } from "../thresholds";
import type { DashboardInput } from "./dashboard-input";

const regions = (query: string): Query => influxQl(query, { alias: "$tag_region" });

/** Who talks to whom, as far as the bridges say, and what does it cost? */
export function buildOctoDashboard({ customer, groups }: DashboardInput): Dashboard {
  const prices = pricesOf(groups);
  return buildDashboard({
    uid: "fleet-octo",
    description: `Calls of ${customer.id} over several bridges (Octo): how much goes between them, from where to where, and at what price?`,
    from: "now-24h",
    rows: [
      {
        panels: [
          stat({
            title: "Calls over several bridges",
            description:
              "Parts of such calls on the bridges of each region: a call over two bridges is two parts.",
            unit: "none",
            queries: [regions(byRegionNow("sum", "octo_conferences"))],
          }),
          stat({
            title: "Relays now",
            description: `Sent by each region's bridges to other bridges, within the region and to others.${ofAllCustomers(groups)}`,
            unit: "bps",
            queries: [regions(byRegionNow("sum", "octo_send_bitrate"))],
          }),
          stat({
            title: "Relays that fail",
            description:
              "Relays without a way (ICE), without encryption (DTLS), or without a channel for messages: people on both sides " +
              "of it do not see each other. UDP 10000 between the bridges is blocked, or one has another release.",
            unit: "none",
            steps: NONE_STEPS,
            queries: [
              influxQl(
                'SELECT sum("ice") AS "ICE", sum("dtls") AS "DTLS", sum("channel") AS "channel" FROM (SELECT last("relays_ice_failed") ' +
                  'AS "ice", last("dtls_failed_relays") AS "dtls", last("num_relays_no_msg_transport_after_delay") AS "channel" ' +
                  'FROM "jvb" WHERE time > ${__to}ms - 60s AND time <= ${__to}ms GROUP BY "pool", "instance")',
                { alias: "$col" },
              ),
            ],
          }),
        ],
      },
      { title: "Who talks to whom", panels: traffic(groups) },
      { title: "Price", panels: price(groups, prices) },
    ],
  });
}

/** All full minutes that the page shows: $timeFilter has the first moment of the next one, too. */
const PERIOD = "time >= ${__from}ms AND time < ${__to}ms";

const traffic = (groups: readonly BridgeGroup[]): Placed[] => [
  ...pairs([...byRegion(groups).keys()]),
  lines({
    title: "Sent by region",
    description: `By each region's bridges to other bridges.${ofAllCustomers(groups)}`,
    unit: "bps",
    min: 0,
    queries: [regions(byRegionOverTime("sum", "octo_send_bitrate"))],
  }),
  lines({
    title: "Received by region",
    description:
      "By each region's bridges from other bridges. Much more sent than received everywhere: packets are lost.",
    unit: "bps",
    min: 0,
    queries: [regions(byRegionOverTime("sum", "octo_receive_bitrate"))],
  }),
  lines({
    title: "Far participants by region",
    description:
      "Participants whom a region's bridges carry for other bridges. One who is in calls of several bridges counts on each of " +
      "them: it says what bridges carry, not how many people there are.",
    unit: "none",
    decimals: 0,
    min: 0,
    queries: [regions(byRegionOverTime("sum", "octo_endpoints"))],
  }),
  stat({
    title: "Relays in this period",
    description:
      "Sent by each region's bridges to other bridges in the time that the page shows: their bit rate, summed up. Relays that " +
      `still run are in it; headers of UDP and IP are not.${ofAllCustomers(groups)}`,
    unit: "decbytes",
    width: 12,
    height: 8,
    queries: [
      regions(
        // Not of the counter of bytes, which has a relay only once it has ended. Not by integral() of each bridge:
        // InfluxDB 1.6 answers in an order that an outer query by region does not bear.
        `SELECT sum("value") * 60 / 8 FROM (SELECT mean("octo_send_bitrate") AS "value" FROM "jvb" WHERE ${PERIOD} ` +
          `GROUP BY time(1m), "pool", "region", "instance" fill(none)) WHERE ${PERIOD} GROUP BY "region"`,
      ),
    ],
  }),
];

/** Sum over a region's bridges, without tags, so that Grafana can multiply it by another region's. */
const sumIn = (region: string, field: Field<"jvb">): string =>
  `SELECT sum("value") FROM (SELECT mean("${field}") AS "value" FROM "jvb" WHERE "region" = '${region}' AND $timeFilter ` +
  `GROUP BY time($__interval), "pool", "instance" fill(none)) WHERE $timeFilter GROUP BY time($__interval) fill(none)`;

/**
 * From each region to each other one: what A sends, times B's share of what all but A receive. The bridges say how much
 * they send, not to whom.
 */
function pairs(all: readonly string[]): Placed[] {
  if (all.length < 2) return [];
  const sent = (place: number) => refIdOf(2 * place);
  const received = (place: number) => refIdOf(2 * place + 1);
  const combinations = all.flatMap((from, a) =>
    all.flatMap((to, b) => (from === to ? [] : [{ name: `${from} → ${to}`, a, b }])),
  );
  const names = combinations.map(({ name }, place): [string, DynamicConfigValue[]] => [
    refIdOf(2 * all.length + place),
    [{ id: "displayName", value: name }],
  ]);
  return [
    lines({
      title: "Between regions (estimate)",
      description:
        "An ESTIMATE: bridges say how much they send to other bridges, not to which. What a region sends is divided among the " +
        "others as they receive; traffic between bridges of one region counts as if it left. Right for two regions with one " +
        "bridge each, and roughly right where most relays cross regions.",
      unit: "bps",
      min: 0,
      width: 24,
      height: 9,
      queries: [
        ...all.flatMap((region) => [
          influxQl(sumIn(region, "octo_send_bitrate"), { hide: true, alias: `${region} sends` }),
          influxQl(sumIn(region, "octo_receive_bitrate"), { hide: true, alias: `${region} receives` }),
        ]),
        ...combinations.map(({ a, b }) => {
          const others = all.flatMap((_, place) => (place === a ? [] : [`$${received(place)}`]));
          // Nothing received divides by one instead: nothing times nothing.
          const sum = others.join(" + ");
          return math(`$${sent(a)} * $${received(b)} / (${sum} + (${sum} == 0))`);
        }),
      ],
      byQuery: Object.fromEntries(names),
    }),
  ];
}

interface Priced {
  readonly region: string;
  readonly price: ShippedPrice;
}

/** Regions whose price is known. */
const pricesOf = (groups: readonly BridgeGroup[]): readonly Priced[] =>
  [...byRegion(groups).keys()].flatMap((region) => {
    const [cloud, ...name] = region.split("-");
    const price = (cloud === "gcp" ? gcpEgress : linodeEgress)(name.join("-"));
    return price ? [{ region, price }] : [];
  });

const hourly = (query: string, alias: string): Query => influxQl(query, { alias, source: "influx-hourly" });

const GIGABYTE = 1_000_000_000;

/** Bars of days, for a month. */
const DAYS = {
  min: 0,
  bars: true,
  stacked: true,
  period: "30d",
  interval: "1d",
  calcs: ["sum"],
} as const;

const [RELAYS, ALL] = ['sum("bytes_sent_octo")', '(sum("bytes_sent") + sum("bytes_sent_octo"))'];

const bytesADay = (bytes: string): Query[] => [
  hourly(
    `SELECT ${bytes} FROM "jvb_hourly" WHERE $timeFilter GROUP BY time(1d), "region" fill(none)`,
    "$tag_region",
  ),
];

const usdADay = (bytes: string, prices: readonly Priced[]): Query[] =>
  prices.map(({ region, price: { usd } }) =>
    hourly(
      `SELECT ${bytes} / ${GIGABYTE} * ${usd} FROM "jvb_hourly" WHERE "region" = '${region}' AND ` +
        "$timeFilter GROUP BY time(1d) fill(none)",
      region,
    ),
  );

const LIST_PRICES =
  "List prices of the first terabyte of a month (Google Cloud) and of what is over the account's pool (Linode), where traffic " +
  "within the pool is free. Figures and sources: below.";

/** What the bridges' counters do not say. */
const COUNTED =
  " From the hourly roll-up, without the running hour. A bridge counts a connection or relay when it ENDS: all of it is in " +
  "that hour, and one that runs is in none. RTP only: headers of UDP and IP come on top of it.";

const price = (groups: readonly BridgeGroup[], prices: readonly Priced[]): Placed[] => {
  const counted = COUNTED + ofAllCustomers(groups);
  return [
    lines({
      title: "Relays, a day",
      description: `What each region's bridges sent to other bridges, by days in UTC.${counted}`,
      unit: "decbytes",
      ...DAYS,
      queries: bytesADay(RELAYS),
    }),
    lines({
      title: "All traffic out, a day",
      description:
        `What each region's bridges sent to callers and to other bridges, by days in UTC: nearly all of what clouds ask ` +
        `money for.${counted}`,
      unit: "decbytes",
      ...DAYS,
      queries: bytesADay(ALL),
    }),
    lines({
      title: "Price of relays, a day",
      description: `${LIST_PRICES}${counted}`,
      unit: "currencyUSD",
      decimals: 2,
      ...DAYS,
      queries: usdADay(RELAYS, prices),
    }),
    lines({
      title: "Price of all traffic out, a day",
      description: `To callers and to other bridges. ${LIST_PRICES}${counted}`,
      unit: "currencyUSD",
      decimals: 2,
      ...DAYS,
      queries: usdADay(ALL, prices),
    }),
    note({
      title: "Prices",
      description: "What a gigabyte out of each region costs at most, and who said so.",
      height: 6,
      content: [
        "| region | USD per GB | source |",
        "| --- | --- | --- |",
        ...[...byRegion(groups).keys()].map((region) => {
          const known = prices.find((priced) => priced.region === region)?.price;
          return known
            ? `| ${region} | ${known.usd} | ${known.source}, ${known.date} |`
            : `| ${region} | not known | add it to model/data/prices.json |`;
        }),
      ].join("\n"),
    }),
  ];
};
