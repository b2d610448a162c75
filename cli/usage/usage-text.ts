import { figure } from "../../model/figure";
import { columns } from "../columns";
import { listItem } from "../list-item";
import { hourText, usageNotes } from "./usage-notes";
import type { BridgeUsage, Usage } from "./usage";

/** For people. */
export function usageTable(usage: Usage): string {
  const { customer, month, participantMinutes, conferences, peakParticipants, pools, sum } = usage;
  const figures = (of: BridgeUsage) => [
    number(of.bridgeHours, 1),
    number(of.relayEgressGb, 2),
    number(of.totalEgressGb, 2),
  ];
  const isShared = pools.some(({ sharedWith }) => sharedWith.length > 0);
  const rows = [
    ["Pool", "Shared with", "Bridge-hours", "Relay egress GB", "Total egress GB"],
    ...pools.map((pool) => [pool.pool, pool.sharedWith.join(" "), ...figures(pool)]),
    ...(isShared ? [["Sum of its own pools", "", ...figures(sum.own)]] : []),
    [isShared ? "Sum with shared pools" : "Sum", "", ...figures(sum.all)],
  ];
  const counts = [
    ["Participant-minutes", number(participantMinutes, 0)],
    ["Conferences", number(conferences, 0)],
    ["Peak participants", number(peakParticipants, 0)],
  ];
  return [
    `${customer}, ${month.name}: ${hourText(month.start)} to ${hourText(month.end)} UTC`,
    "",
    ...columns(counts, 1),
    "",
    ...columns(rows, 2),
    "",
    ...usageNotes(usage).map((note) => listItem(note)),
    "",
  ].join("\n");
}

/** For spreadsheets: a row of the customer, one of each pool. Empty where nothing is known, never 0. */
export function usageCsv(usage: Usage): string {
  const { customer, month, participantMinutes, conferences, peakParticipants, pools, coverage } = usage;
  const missing = (ranges: Usage["coverage"]["withoutServer"]) =>
    ranges.reduce((total, [from, to]) => total + (to - from) / 3_600_000, 0);
  const rows = [
    [
      ...["customer", "month", "to_utc", "pool", "shared_with", "participant_minutes", "conferences"],
      ...[
        "peak_participants",
        "participants_counted_by",
        "bridge_hours",
        "relay_egress_gb",
        "total_egress_gb",
      ],
      ...["hours", "hours_without_server", "hours_without_bridges", "hours_incomplete"],
    ],
    [
      ...[customer, month.name, hourText(month.end), "", ""],
      ...[plain(participantMinutes), plain(conferences), plain(peakParticipants), usage.countedBy],
      ...["", "", "", coverage.hours, missing(coverage.withoutServer), missing(coverage.withoutBridges)],
      coverage.incomplete,
    ],
    ...pools.map((pool) => [
      ...[customer, month.name, hourText(month.end), pool.pool, pool.sharedWith.join(" "), "", "", "", ""],
      ...(pool.reported
        ? [plain(pool.bridgeHours), plain(pool.relayEgressGb), plain(pool.totalEgressGb)]
        : ["", "", ""]),
      ...[coverage.hours, "", coverage.hours - pool.hours, ""],
    ]),
  ];
  return rows.map((cells) => `${cells.join(",")}\n`).join("");
}

/** For machines: the report with its notes, times in ISO 8601, numbers to three digits behind the point. */
export function usageJson(usage: Usage): string {
  const { month, coverage } = usage;
  const iso = (time: number) => new Date(time).toISOString();
  const ranges = (of: Usage["coverage"]["withoutServer"]) => of.map((range) => range.map(iso));
  const report = {
    ...usage,
    month: month.name,
    from: iso(month.start),
    to: iso(month.end),
    running: month.running,
    coverage: {
      ...coverage,
      withoutServer: ranges(coverage.withoutServer),
      withoutBridges: ranges(coverage.withoutBridges),
    },
    notes: usageNotes(usage),
  };
  const rounded = (_: string, value: unknown) =>
    typeof value === "number" ? Number(value.toFixed(3)) : value;
  return `${JSON.stringify(report, rounded, 2)}\n`;
}

const plain = (value: number | null): string => (value === null ? "" : String(Number(value.toFixed(3))));

const number = (value: number | null, digits: number): string =>
  value === null ? "not known" : figure(value, digits);
