import type { Dashboard } from "@grafana/grafana-foundation-sdk/dashboard";
import { MappingType } from "@grafana/grafana-foundation-sdk/dashboard";
import { CERTIFICATE_DAYS } from "../../../model/certificate-days";
import type { Field, Measurement } from "../../../model/measurements";
import { SERVER_POOL } from "../../../model/telemetry";
import { buildDashboard } from "../dashboard";
import { LAST_MINUTE } from "../influx-ql";
import { lines, note, type Placed, stat, stepsOf } from "../panels";
import { influxQl, type Query } from "../queries";
import { NONE_STEPS } from "../thresholds";
import type { DashboardInput } from "./dashboard-input";

/** Points of machines other than the server have other pools. */
const SERVER = `"pool" = '${SERVER_POOL}'`;

type Shown<M extends Measurement> = Readonly<Partial<Record<Field<M>, string>>>;

const meanOf = <M extends Measurement>(measurement: M, fields: Shown<M>): Query[] =>
  Object.entries(fields).map(([field, alias]) =>
    influxQl(
      `SELECT mean("${field}") FROM "${measurement}" WHERE ${SERVER} AND $timeFilter GROUP BY time($__interval) fill(null)`,
      { alias: alias as string },
    ),
  );

/** What counters rose by in each interval. */
const increaseOf = <M extends Measurement>(measurement: M, fields: Shown<M>): Query[] =>
  Object.entries(fields).map(([field, alias]) =>
    influxQl(
      `SELECT sum("value") FROM (SELECT non_negative_difference("${field}") AS "value" FROM "${measurement}" ` +
        `WHERE ${SERVER} AND $timeFilter GROUP BY *) WHERE $timeFilter GROUP BY time($__interval) fill(none)`,
      { alias: alias as string },
    ),
  );

/** Is what begins calls alive: Jicofo, Prosody, and what watches them? */
export const buildSignallingDashboard = ({ customer }: DashboardInput): Dashboard =>
  buildDashboard({
    uid: "fleet-signalling",
    description: `Does what begins and steers the calls of ${customer.id} work: Jicofo, Prosody, and the server below them?`,
    from: "now-6h",
    rows: [
      { panels: state() },
      { title: "Jicofo", panels: jicofo() },
      { title: "Prosody", panels: prosody() },
      { title: "Server", panels: server() },
    ],
  });

const state = (): Placed[] => [
  stat({
    title: "Services",
    description:
      "Whether each answers on its own machine. Prosody or Jicofo down: no call begins, calls that run go on for a while. " +
      "InfluxDB or Grafana down: only we are blind. No value: the server's Telegraf does not write.",
    unit: "none",
    steps: ["green", [1, "red"]],
    mappings: [
      {
        type: MappingType.ValueToText,
        options: { "0": { text: "up", color: "green", index: 0 } },
      },
      {
        type: MappingType.RangeToText,
        options: { from: 1, to: 1000, result: { text: "down", color: "red", index: 1 } },
      },
    ],
    queries: [
      influxQl(`SELECT last("result_code") FROM "service_health" WHERE ${LAST_MINUTE} GROUP BY "service"`, {
        alias: "$tag_service",
      }),
    ],
  }),
  stat({
    title: "Bridges that Jicofo sees",
    description:
      "Operational ones get calls. Fewer than Fleet shows: some do not log in, see Logins of Bridge.",
    unit: "none",
    byName: { operational: stepsOf(["red", [1, "green"]]), releases: stepsOf(["green", [2, "yellow"]]) },
    queries: [
      influxQl(
        `SELECT last("bridge_selector_operational_bridge_count") AS "operational", last("bridge_selector_bridge_count") AS "all", ` +
          `last("bridge_selector_bridge_version_count") AS "releases" FROM "jicofo" WHERE ${LAST_MINUTE}`,
        { alias: "$col" },
      ),
    ],
  }),
  stat({
    title: "Certificate",
    description:
      "Days until it ends. It is renewed 30 days before: yellow, that did not happen, and its alert says so; red: browsers and " +
      "bridges will soon refuse it.",
    unit: "d",
    decimals: 0,
    width: 4,
    steps: ["red", [CERTIFICATE_DAYS.ending, "yellow"], [CERTIFICATE_DAYS.late, "green"]],
    queries: [
      influxQl(
        'SELECT last("days_left") FROM "fleet_certificate" WHERE time > ${__to}ms - 10m AND time <= ${__to}ms',
        {
          alias: "days left",
        },
      ),
    ],
  }),
  stat({
    title: "Changes",
    description:
      "Machines whose last change of files did not end well (fleet-apply): they run on with what they had. See " +
      "`fleet-apply` in the journal.",
    unit: "none",
    width: 4,
    steps: NONE_STEPS,
    queries: [
      influxQl(
        'SELECT count("ok") - sum("ok") AS "failed" FROM (SELECT last("ok") AS "ok" FROM "fleet_apply" ' +
          'WHERE time > ${__to}ms - 10m AND time <= ${__to}ms GROUP BY "pool", "instance")',
        { alias: "failed" },
      ),
    ],
  }),
];

const jicofo = (): Placed[] => [
  lines({
    title: "Calls",
    description: "Conferences and participants of this customer, as Jicofo counts them.",
    unit: "none",
    decimals: 0,
    min: 0,
    queries: meanOf("jicofo", {
      participants: "participants",
      conferences: "conferences",
      largest_conference: "participants of the largest",
    }),
  }),
  lines({
    title: "Bridges",
    description: "As Jicofo sees them. In shutdown: draining for good.",
    unit: "none",
    decimals: 0,
    min: 0,
    queries: meanOf("jicofo", {
      bridge_selector_bridge_count: "all",
      bridge_selector_operational_bridge_count: "operational",
      bridge_selector_in_shutdown_bridge_count: "in shutdown",
    }),
  }),
  lines({
    title: "Troubles",
    description:
      "Bridges lost without draining; participants who were moved for a bridge's failure, some seconds without picture and " +
      "sound each; clients that said that they cannot connect, or asked to begin anew.",
    unit: "none",
    decimals: 0,
    min: 0,
    bars: true,
    calcs: ["sum"],
    queries: increaseOf("jicofo", {
      bridge_selector_lost_bridges: "bridges lost",
      bridge_failures_bridges_removed: "bridges removed",
      bridge_failures_participants_moved: "participants moved",
      participant_notifications_ice_failed: "clients: cannot connect",
      participant_notifications_request_restart: "clients: begin anew",
    }),
  }),
  lines({
    title: "Begun",
    description:
      "Conferences and participants that began in each interval. Nothing for long, at a busy time: logins fail.",
    unit: "none",
    decimals: 0,
    min: 0,
    bars: true,
    calcs: ["sum"],
    queries: increaseOf("jicofo", {
      total_participants: "participants",
      total_conferences_created: "conferences",
    }),
  }),
  lines({
    title: "Jicofo's threads",
    description: "A number that only grows is a leak.",
    unit: "none",
    decimals: 0,
    min: 0,
    queries: meanOf("jicofo", { threads: "threads" }),
  }),
  lines({
    title: "Answer times",
    description:
      "Of each service to its check. Prosody's grows when it is short of processor: joins become slow.",
    unit: "s",
    min: 0,
    queries: [
      influxQl(
        `SELECT max("response_time") FROM "service_health" WHERE $timeFilter GROUP BY time($__interval), "service" fill(null)`,
        { alias: "$tag_service" },
      ),
    ],
  }),
];

/** Sum over what Prosody tells apart: hosts, kinds of connections, families of addresses. */
const allOf = (field: Field<"prosody">, where = ""): string =>
  `SELECT sum("value") FROM (SELECT mean("${field}") AS "value" FROM "prosody" WHERE ${where}${SERVER} AND $timeFilter ` +
  `GROUP BY time($__interval), "host", "type", "ip_family" fill(none)) WHERE $timeFilter GROUP BY time($__interval) fill(none)`;

const prosody = (): Placed[] => [
  lines({
    title: "Rooms and connections",
    description:
      "Callers' rooms, clients' connections (WebSockets and what Jicofo has), and sessions over BOSH, for who cannot use a " +
      "WebSocket. All fall to nothing at once: Prosody began anew, and every room with it.",
    unit: "none",
    decimals: 0,
    min: 0,
    queries: [
      influxQl(allOf("prosody_mod_muc__live_room", `"host" = 'muc.meet.jitsi' AND `), { alias: "rooms" }),
      influxQl(allOf("prosody_mod_c2s__connections"), { alias: "connections" }),
      influxQl(allOf("prosody_mod_bosh__active_sessions"), { alias: "BOSH" }),
    ],
  }),
];

const server = (): Placed[] => [
  lines({
    title: "Processors",
    description: "Of the server. Steal is what the host takes for other machines.",
    unit: "percent",
    decimals: 0,
    min: 0,
    max: 100,
    stacked: true,
    queries: meanOf("cpu", {
      usage_user: "user",
      usage_system: "system",
      usage_softirq: "network (softirq)",
      usage_iowait: "disk",
      usage_steal: "steal",
    }),
  }),
  lines({
    title: "Memory and disks",
    description: "Used, in percent. A full data disk stops InfluxDB and the renewal of the certificate.",
    unit: "percent",
    decimals: 0,
    min: 0,
    max: 100,
    steps: ["green", [80, "red"]],
    queries: [
      ...meanOf("mem", { used_percent: "memory" }),
      influxQl(
        `SELECT mean("used_percent") FROM "disk" WHERE ${SERVER} AND $timeFilter GROUP BY time($__interval), "path" fill(none)`,
        { alias: "disk $tag_path" },
      ),
    ],
  }),
  note({
    title: "What is not here",
    description: "What this page cannot show.",
    height: 4,
    content:
      "Logins that fail. They are in Prosody's log: " + "`sudo docker logs --since 10m fleet-prosody-1`.",
  }),
];
