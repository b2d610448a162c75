import { figure } from "../../model/figure";
import { HOURLY_RETENTION_DAYS } from "../../model/telemetry";
import type { Usage } from "./usage";

/** Ranges of hours that are named; more are counted. */
const NAMED = 6;
const HOUR_MS = 3_600_000;
/** Part by which the counts of bridges and of Jicofo may differ without a note. */
const ALIKE = 0.05;

/** How it was counted, and what is not in it: one sentence each. */
export function usageNotes({ countedBy, pools, coverage, compared, month }: Usage): readonly string[] {
  const shared = pools.filter(({ sharedWith }) => sharedWith.length > 0);
  const unknown = pools.filter(({ known }) => !known).map(({ pool }) => pool);
  const silent = pools.filter(({ reported }) => !reported).map(({ pool }) => pool);
  const { hours, withoutServer, withoutBridges, incomplete } = coverage;
  return [
    ...(month.running ? [`The month is running: counted up to ${hourText(month.end)} UTC.`] : []),
    ...absent(withoutServer, hours, "without data of the server (Jicofo's counts, conferences)"),
    ...absent(withoutBridges, hours, "in which no bridge reported (participants, bridge-hours, egress)"),
    ...(incomplete > 0
      ? [`${incomplete} of ${hours} hours are incomplete: what was not measured in them is not in the sums.`]
      : []),
    ...difference(compared, pools, hours),
    countedBy === "bridges"
      ? "Participants are those that each bridge has itself (local_endpoints): who is in a call over several bridges " +
        "counts once."
      : "Participants are those that Jicofo counts for this customer: its bridges serve others too and cannot tell " +
        "whose participants they have.",
    ...(shared.length > 0
      ? [
          "Bridge-hours and egress of a shared pool are those of the whole pool, for all its customers: nothing says " +
            "which part is whose. Which pools are shared is read from accounts/ as it is now.",
        ]
      : []),
    ...(unknown.length > 0
      ? [
          `${unknown.join(", ")}: no pool of this name serves the customer now; counted as this customer's alone.`,
        ]
      : []),
    ...(silent.length > 0 ? [`${silent.join(", ")}: no bridge of it reported in this month.`] : []),
    "Egress is RTP as bridges count it (10^9 bytes a GB), without the headers of UDP and IP. A bridge counts a " +
      "connection when it ends: what spans the end of a month is in the later one, and a bridge that is lost takes the " +
      "count of its open connections along.",
    `Hours are kept for ${HOURLY_RETENTION_DAYS} days; those of the last day may still grow by points that come late.`,
  ];
}

/** Bridges and Jicofo disagree: who bills by the bridges' count has to know, and where to look. */
function difference(compared: Usage["compared"], pools: Usage["pools"], hours: number): readonly string[] {
  if (!compared) return [];
  const { bridges, jicofo } = compared;
  const most = Math.max(bridges, jicofo);
  if (Math.abs(bridges - jicofo) <= ALIKE * most) return [];
  const percent = Math.round((Math.abs(bridges - jicofo) / most) * 100);
  const counts =
    `In the hours that Jicofo counted whole, bridges have ${minutes(bridges)} participant-minutes and Jicofo has ` +
    `${minutes(jicofo)}, ${percent} % apart.`;
  if (bridges > jicofo) return [`${counts} Bridges may have served others then.`];
  const reported = pools.map((pool) => `${pool.pool} ${pool.hours}`).join(", ");
  return [
    `${counts} Either figures of bridges are missing, then the report counts too little; or people waited alone in ` +
      `their rooms, where Jicofo counts them and no bridge does. Hours in which each pool reported, of ${hours}: ` +
      `${reported}.`,
  ];
}

const minutes = (count: number): string => figure(count, 0);

function absent(ranges: Usage["coverage"]["withoutServer"], hours: number, what: string): readonly string[] {
  if (ranges.length === 0) return [];
  const missing = ranges.reduce((total, [from, to]) => total + (to - from) / HOUR_MS, 0);
  const named = ranges.slice(0, NAMED).map(([from, to]) => `${hourText(from)} to ${hourText(to)}`);
  const more = ranges.length > NAMED ? `, and ${ranges.length - NAMED} more times` : "";
  return [`${missing} of ${hours} hours ${what}: ${named.join(", ")}${more}. They are not in the sums.`];
}

/** `2026-10-31 23:00` */
export const hourText = (time: number): string => new Date(time).toISOString().slice(0, 16).replace("T", " ");
