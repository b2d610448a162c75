import type { Dashboard } from "@grafana/grafana-foundation-sdk/dashboard";
import {
  QueryVariableBuilder,
  VariableRefresh,
  VariableSort,
} from "@grafana/grafana-foundation-sdk/dashboard";
import type { Field, Measurement } from "../../../model/measurements";
import { buildDashboard } from "../dashboard";
import { LAST_MINUTE } from "../influx-ql";
import { lines, note, type Placed, stat, stepsOf } from "../panels";
import { influxQl, type Query } from "../queries";
import { FEW_STEPS, LOSS_STEPS, RTT_STEPS, stressLimits, stressSteps } from "../thresholds";
import type { DashboardInput } from "./dashboard-input";

const CHOSEN = `"pool" =~ /^\${pool:regex}$/ AND "instance" =~ /^\${instance:regex}$/`;

/** Mean of fields of the chosen bridge over time, by the names that are shown. */
const meanOf = <M extends Measurement>(
  measurement: M,
  fields: Readonly<Partial<Record<Field<M>, string>>>,
): Query[] =>
  Object.entries(fields).map(([field, alias]) =>
    influxQl(
      `SELECT mean("${field}") FROM "${measurement}" WHERE ${CHOSEN} AND $timeFilter GROUP BY time($__interval) fill(null)`,
      { alias: alias as string },
    ),
  );

/** What counters of the chosen bridge rose by in each interval. */
const increaseOf = <M extends Measurement>(
  measurement: M,
  fields: Readonly<Partial<Record<Field<M>, string>>>,
): Query[] =>
  Object.entries(fields).map(([field, alias]) =>
    influxQl(
      `SELECT sum("value") FROM (SELECT non_negative_difference("${field}") AS "value" FROM "${measurement}" ` +
        `WHERE ${CHOSEN} AND $timeFilter GROUP BY *) WHERE $timeFilter GROUP BY time($__interval) fill(none)`,
      { alias: alias as string },
    ),
  );

const now = <M extends Measurement>(
  measurement: M,
  fields: Readonly<Partial<Record<Field<M>, string>>>,
): Query[] =>
  Object.entries(fields).map(([field, alias]) =>
    influxQl(`SELECT last("${field}") FROM "${measurement}" WHERE ${CHOSEN} AND ${LAST_MINUTE}`, {
      alias: alias as string,
    }),
  );

const variable = (name: string, description: string, query: string): QueryVariableBuilder =>
  new QueryVariableBuilder(name)
    .label(name === "pool" ? "Pool" : "Bridge")
    .description(description)
    .datasource({ type: "influxdb", uid: "influx" })
    .query(query)
    .definition(query)
    .refresh(VariableRefresh.OnTimeRangeChanged)
    .sort(VariableSort.AlphabeticalAsc)
    .allowCustomValue(false);

/** Why is this one bridge slow, or why do its calls suffer? */
export const buildBridgeDashboard = ({ groups }: DashboardInput): Dashboard =>
  buildDashboard({
    uid: "fleet-bridge",
    description: "One bridge in depth: why is it slow, or why do its calls suffer?",
    from: "now-3h",
    variables: [
      variable("pool", "Pool of the bridge.", 'SHOW TAG VALUES FROM "jvb" WITH KEY = "pool"'),
      variable(
        "instance",
        "Machine; those that are gone are listed until their points are, after 30 days.",
        'SHOW TAG VALUES FROM "jvb" WITH KEY = "instance" WHERE "pool" =~ /^${pool:regex}$/',
      ),
    ],
    rows: [
      {
        panels: [
          stat({
            title: "State",
            description:
              "1 is yes. Healthy: its own check. Draining: takes no new calls. No value: it does not report.",
            unit: "none",
            byName: {
              healthy: stepsOf(["red", [1, "green"]]),
              draining: stepsOf(["green", [1, "blue"]]),
              "shutting down": stepsOf(["green", [1, "blue"]]),
            },
            queries: now("jvb", {
              healthy: "healthy",
              drain: "draining",
              graceful_shutdown: "shutting down",
            }),
          }),
          stat({
            title: "Stress",
            description: "From 0.8 on Jicofo avoids the bridge.",
            unit: "none",
            decimals: 2,
            width: 4,
            steps: stressSteps(groups),
            queries: now("jvb", { stress_level: "stress" }),
          }),
          stat({
            title: "Calls",
            description: "Participants connected to this very bridge, and calls that it has a part of.",
            unit: "none",
            queries: now("jvb", { local_endpoints: "participants", conferences: "conferences" }),
          }),
          stat({
            title: "Up since",
            description: "Time since the machine booted.",
            unit: "s",
            decimals: 0,
            width: 4,
            queries: now("system", { uptime: "up" }),
          }),
        ],
      },
      { title: "Load", panels: load(groups) },
      { title: "Network", panels: network() },
      { title: "Program", panels: program() },
    ],
  });

const load = (groups: DashboardInput["groups"]): Placed[] => [
  lines({
    title: "Stress",
    description: "Dashed: targets of pools, and 0.8, where Jicofo avoids the bridge.",
    unit: "none",
    decimals: 2,
    min: 0,
    steps: stressLimits(groups),
    queries: meanOf("jvb", { stress_level: "stress" }),
  }),
  lines({
    title: "Calls",
    description:
      "Participants connected to this bridge, those who speak or could, and calls that it has a part of.",
    unit: "none",
    decimals: 0,
    min: 0,
    queries: meanOf("jvb", {
      local_endpoints: "participants",
      endpoints_sending_video: "send video, all bridges",
      conferences: "conferences",
    }),
  }),
  lines({
    title: "Processors",
    description:
      "Of all together. Steal is what the host takes for other machines: calls suffer, and the bridge can do nothing.",
    unit: "percent",
    decimals: 0,
    min: 0,
    max: 100,
    stacked: true,
    byName: { steal: [{ id: "color", value: { mode: "fixed", fixedColor: "red" } }] },
    queries: meanOf("cpu", {
      usage_user: "user",
      usage_system: "system",
      usage_softirq: "network (softirq)",
      usage_iowait: "disk",
      usage_steal: "steal",
    }),
  }),
  lines({
    title: "Memory",
    description: "Used, of the machine.",
    unit: "percent",
    decimals: 0,
    min: 0,
    max: 100,
    steps: ["green", [90, "red"]],
    queries: meanOf("mem", { used_percent: "used" }),
  }),
];

const network = (): Placed[] => [
  lines({
    title: "Media",
    description: "Between callers and this bridge.",
    unit: "Kbits",
    min: 0,
    queries: meanOf("jvb", { bit_rate_download: "received", bit_rate_upload: "sent" }),
  }),
  lines({
    title: "Relays",
    description: "Between this bridge and others of the same calls (Octo).",
    unit: "bps",
    min: 0,
    queries: meanOf("jvb", { octo_receive_bitrate: "received", octo_send_bitrate: "sent" }),
  }),
  lines({
    title: "Packets",
    description: "Media packets a second; many small ones load a processor more than few large ones.",
    unit: "pps",
    min: 0,
    queries: meanOf("jvb", { packet_rate_download: "received", packet_rate_upload: "sent" }),
  }),
  lines({
    title: "UDP errors",
    description:
      "Datagrams that the kernel threw away. Receive buffer full: the bridge reads too slowly, or net.core.rmem_max is small. " +
      "Callers see it as loss.",
    unit: "none",
    decimals: 0,
    min: 0,
    bars: true,
    calcs: ["sum"],
    queries: [
      ...increaseOf("nstat", {
        UdpRcvbufErrors: "receive buffer full",
        UdpSndbufErrors: "send buffer full",
        UdpInErrors: "all received in error",
      }),
      ...increaseOf("net", { drop_in: "dropped by the interface" }),
    ],
  }),
  lines({
    title: "Packet loss",
    description: "Between callers and this bridge.",
    unit: "percentunit",
    decimals: 1,
    min: 0,
    steps: LOSS_STEPS,
    queries: meanOf("jvb", { incoming_loss: "from callers", outgoing_loss: "to callers" }),
  }),
  lines({
    title: "Round trip",
    description: "Between callers and this bridge, mean.",
    unit: "ms",
    decimals: 0,
    min: 0,
    steps: RTT_STEPS,
    queries: meanOf("jvb", { rtt_aggregate: "round trip" }),
  }),
];

const program = (): Placed[] => [
  lines({
    title: "Logins",
    description:
      "Rooms of breweries that it joined, of those that it should: one for each customer. Less: that customer's Jicofo does " +
      "not see this bridge.",
    unit: "none",
    decimals: 0,
    min: 0,
    queries: meanOf("jvb", {
      mucs_configured: "rooms wanted",
      mucs_joined: "rooms joined",
      muc_clients_configured: "logins wanted",
      muc_clients_connected: "logins connected",
    }),
  }),
  lines({
    title: "Threads",
    description: "Of the Java program. A number that only grows is a leak: take a thread dump, below.",
    unit: "none",
    decimals: 0,
    min: 0,
    queries: meanOf("jvb", { threads: "threads" }),
  }),
  lines({
    title: "Failures",
    description:
      "Callers without a way to the bridge, connections whose encryption failed, relays without a channel.",
    unit: "none",
    decimals: 0,
    min: 0,
    steps: FEW_STEPS,
    queries: meanOf("jvb", {
      endpoints_ice_failed: "ICE, callers",
      relays_ice_failed: "ICE, relays",
      dtls_failed_endpoints: "DTLS, callers",
      dtls_failed_relays: "DTLS, relays",
      num_relays_no_msg_transport_after_delay: "relays without a channel",
    }),
  }),
  note({
    title: "Where its time goes",
    description: "How to take a flame graph and a thread dump on the machine of a bridge.",
    width: 12,
    content: [
      "On the bridge's machine (docs/operations.md says how to log in). A thread dump, which appears in the container's log; take " +
        "two, ten seconds apart: what is in both at the same place, hangs. The image has no `jcmd`.",
      "",
      "```sh",
      "sudo kill -QUIT $(pgrep -xo java)",
      "sudo docker logs --since 10s fleet-jvb-1",
      "```",
      "",
      "A flame graph, with a release of [async-profiler](https://github.com/async-profiler/async-profiler) unpacked in " +
        "`/opt/async-profiler`. It runs on the machine, as root. The bridge loads its library from within the container, where " +
        "only `/run` admits programs:",
      "",
      "```sh",
      "sudo docker exec -u 0 fleet-jvb-1 install -d -o 1000 /run/profiler",
      "sudo docker exec -u 0 -i fleet-jvb-1 sh -c 'cat > /run/profiler/libasyncProfiler.so' \\",
      "  < /opt/async-profiler/lib/libasyncProfiler.so",
      "sudo /opt/async-profiler/bin/asprof -e itimer -d 30 --libpath /run/profiler/libasyncProfiler.so \\",
      "  -f /run/profiler/flame.html $(pgrep -xo java)",
      "sudo docker exec -u 0 fleet-jvb-1 cat /run/profiler/flame.html > flame.html",
      "```",
      "",
      "Options are of async-profiler 3 and later; `asprof --help` knows better. Half a minute costs a bridge little, but take it on " +
        "one whose calls can bear it.",
    ].join("\n"),
  }),
];
