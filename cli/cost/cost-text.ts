import { addUsd, type Amounts } from "../../estimate/amounts";
import type { CostLine } from "../../estimate/cost-line";
import { figure } from "../../model/figure";
import { columns } from "../columns";
import { listItem } from "../list-item";
import type { Paint } from "../paint";
import { type CostReport, summaries } from "./cost-report";

/** For people. @param explain Every line with its price. */
export function costText(report: CostReport, paint: Paint, explain: boolean): string {
  const { customers, pools, lines, hoursPerMonth, shape } = report;
  return [
    paint.bold(`USD for a month of ${hoursPerMonth} hours, ${shape.name} meetings`),
    "",
    ...(customers.length > 0 ? [...columns(customerRows(report), 2), ""] : []),
    ...(pools.length > 0 ? [...columns(poolRows(report), 3), ""] : []),
    ...columns(summaryRows(lines), 3),
    "",
    ...(explain ? explanation(report, paint) : []),
    ...report.notes.map(listItem),
    "",
  ].join("\n");
}

/** Every line, what it rests on, and the prices. */
const explanation = (report: CostReport, paint: Paint): readonly string[] => [
  ...columns(lineRows(report), 3),
  "",
  ...report.lines.flatMap(({ of, what, note }) =>
    note === undefined ? [] : [listItem(`${of.name}, ${what}: ${note}.`)],
  ),
  "",
  paint.bold("Prices"),
  ...priceItems(report),
  "",
];

const AMOUNTS = ["Floor", "Expected", "Ceiling"] as const;

/** A name, marked where its sums lack what nobody knows the price of. */
const marked = (name: string, isLacking: boolean): string => (isLacking ? `${name} *` : name);

/** Pools, and customers for their servers, that lack something. */
const lackingOf = ({ unknown }: CostReport): ReadonlySet<string> => new Set(unknown.flatMap(({ of }) => of));

function customerRows(report: CostReport): readonly (readonly string[])[] {
  const { customers, total } = report;
  const lacking = lackingOf(report);
  const lacks = ({ customer, pools }: (typeof customers)[number]) =>
    lacking.has(customer) || pools.some(({ pool }) => lacking.has(pool));
  return [
    ["Customer", "", ...AMOUNTS],
    ...customers.flatMap((each) => [
      [marked(each.customer, lacks(each)), "", ...usdCells(each.total)],
      ["", marked("server", lacking.has(each.customer)), ...usdCells(each.server)],
      ...each.pools.map(({ pool, share, usd }) => [
        "",
        marked(share === 1 ? pool : `${(share * 100).toFixed(1)} % of ${pool}`, lacking.has(pool)),
        ...usdCells(usd),
      ]),
    ]),
    ...(customers.length > 1 && total
      ? [[marked("Sum", customers.some(lacks)), "", ...usdCells(total)]]
      : []),
  ];
}

function poolRows(report: CostReport): readonly (readonly string[])[] {
  const lacking = lackingOf(report);
  return [
    ["Pool", "Region", "Use", "Bridge-hours", "Participant-hours", "Egress GB", "Relay GB", ...AMOUNTS],
    ...report.pools.map(({ pool, region, cloud, total, use }) => [
      ...[marked(pool, lacking.has(pool)), `${cloud}-${region}`, use.basis],
      ...[use.bridgeHours, use.participantHours, use.egressGb, use.relayGb].map(({ expected }) =>
        figure(expected, 0),
      ),
      ...usdCells(total),
    ]),
  ];
}

/** Pools that are shared count as a whole here. */
const summaryRows = (lines: readonly CostLine[]): readonly (readonly string[])[] => [
  ["Cloud", "Region", "For", ...AMOUNTS],
  ...summaries(lines).map(({ cloud, region, kind, usd, isLacking }) => [
    ...[cloud, region, marked(kind, isLacking)],
    ...usdCells(usd),
  ]),
  [marked("Sum", lines.some(isUnknown)), "", "", ...usdCells(addUsd(lines.flatMap(({ usd }) => usd ?? [])))],
];

const isUnknown = ({ usd }: CostLine): boolean => usd === null;

const lineRows = ({ lines }: CostReport): readonly (readonly string[])[] => [
  ["Of", "For", "Price", "Quantity", "", ...AMOUNTS],
  ...lines.map(({ of, what, price, quantity, per, usd }) => [
    ...[of.name, what, price],
    quantity.floor === quantity.ceiling
      ? plain(quantity.expected)
      : `${plain(quantity.floor)} / ${plain(quantity.expected)} / ${plain(quantity.ceiling)}`,
    per,
    ...(usd ? usdCells(usd) : ["not known", "not known", "not known"]),
  ]),
];

const priceItems = ({ prices }: CostReport): readonly string[] =>
  prices.map(({ id, basis, source, usd, steps, per, date }) => {
    const more = (steps ?? [])
      .slice(1)
      .map((step) => `, ${plain(step.usd)} from ${figure(step.from, 0)} ${per} on`);
    return listItem(`${id}: ${plain(usd)} USD per ${per}${more.join("")}; ${basis}, ${date}: ${source}.`);
  });

const usdCells = ({ floor, expected, ceiling }: Amounts): readonly string[] =>
  [floor, expected, ceiling].map((usd) => figure(usd, 2));

/** A quantity or a price, to its last digit that counts. */
const plain = (value: number): string =>
  value.toLocaleString("en-US", { maximumFractionDigits: 6, maximumSignificantDigits: 6 });
