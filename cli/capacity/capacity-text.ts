import type { CustomerShape, Growth } from "../../estimate/capacity-of";
import type { Counts } from "../../estimate/counts";
import { figure } from "../../model/figure";
import { columns } from "../columns";
import { listItem } from "../list-item";
import type { Paint } from "../paint";
import type { CapacityReport } from "./capacity-report";

/** For people. */
export function capacityText(report: CapacityReport, paint: Paint): string {
  return [
    ...section(
      paint.bold("Participants at once, by customer and region: at least / with schedules / at most"),
      customerRows(report),
      3,
    ),
    ...section(paint.bold("What one bridge carries, and what is full first"), bridgeRows(report), 4),
    ...section(
      paint.bold("How pools grow: who may join before another bridge takes calls"),
      growthRows(report),
      1,
    ),
    ...report.pools.flatMap(({ name, growth }) =>
      (growth?.warnings ?? []).map((warning) => listItem(`${paint.yellow("warning")} ${name}: ${warning}.`)),
    ),
    ...report.notes.map(listItem),
    "",
  ].join("\n");
}

const section = (title: string, rows: readonly (readonly string[])[], words: number): readonly string[] =>
  rows.length > 1 ? [title, ...columns(rows, words), ""] : [];

function customerRows({ customers, shapes }: CapacityReport): readonly (readonly string[])[] {
  const rowsOf = (customer: string, region: string, of: readonly CustomerShape[]) => {
    const isShared = of.some(({ alone, fairShare }) => alone.max !== fairShare.max);
    const row = (part: string, count: (shape: CustomerShape) => Counts) => [
      ...[customer, region, part],
      ...of.map((shape) => countText(count(shape))),
    ];
    return isShared
      ? [row("equal part", (shape) => shape.fairShare), row("alone", (shape) => shape.alone)]
      : [row("", (shape) => shape.alone)];
  };
  return [
    ["Customer", "Region", "", ...shapes.map(({ name }) => name)],
    ...customers.flatMap((customer) => [
      ...customer.regions.flatMap(({ region, shapes: there }) => rowsOf(customer.customer, region, there)),
      ...(customer.regions.length > 1 ? rowsOf(customer.customer, "all", customer.shapes) : []),
      [
        ...[customer.customer, "one bridge lost", ""],
        ...customer.shapes.map(({ oneLost }) => countText(oneLost)),
      ],
    ]),
  ];
}

const bridgeRows = ({ pools, shapes }: CapacityReport): readonly (readonly string[])[] => [
  ["Pool", "Region", "Machine", "Serves", "Bridges", ...shapes.map(({ name }) => name), "Full first"],
  ...pools.map(({ name, region, machineType, serves, bridges, shapes: of }) => [
    ...[name, region, machineType, serves.join(" "), countText(bridges)],
    ...of.map(({ perBridge }) => figure(perBridge.participants)),
    [...new Set(of.map(({ perBridge }) => perBridge.bottleneck))].join(", "),
  ]),
];

const growthRows = ({ pools }: CapacityReport): readonly (readonly string[])[] => [
  ["Pool", "Room at size.min", "New bridge after", "Joins a minute", "Promised", "Burst check"],
  ...pools.flatMap(({ name, growth }) =>
    growth
      ? [
          [
            ...[name, figure(growth.roomAtMin), `${growth.secondsToNewBridge} s`],
            ...[
              figure(growth.joinsPerMinuteAtMin),
              growth.promisedJoinsPerMinute === null ? "" : figure(growth.promisedJoinsPerMinute),
              verdict(growth),
            ],
          ],
        ]
      : [],
  ),
];

function verdict({ promisedJoinsPerMinute, warnings }: Growth): string {
  if (warnings.length > 0) return "outrun";
  return promisedJoinsPerMinute === null ? "nothing promised" : "holds";
}

/** `80 / 240 / 640`, and one number where all three are the same. */
function countText({ min, scheduled, max }: Counts): string {
  if (min === max) return figure(min);
  return `${figure(min)} / ${figure(scheduled)} / ${figure(max)}`;
}
