import type { Dashboard } from "@grafana/grafana-foundation-sdk/dashboard";
import { OVERLOAD_STRESS } from "../../../model/capacity";
import type { Field } from "../../../model/measurements";
import { type BridgeGroup, byRegion, ofAllCustomers } from "../bridge-group";
import { buildDashboard, dashboardPath } from "../dashboard";
import {
  byRegionNow,
  byRegionOverTime,
  capacityUseNow,
  capacityUseOverTime,
  headroomNow,
  headroomOverTime,
  increaseByRegion,
  LAST_MINUTE,
  missingNow,
  statesNow,
  statesOverTime,
} from "../influx-ql";
import { fixed, lines, note, type Placed, stat, type Steps, stepsOf } from "../panels";
import { influxQl, type Query } from "../queries";
import {
  CAPACITY_STEPS,
  headroomSteps,
  LOSS_STEPS,
  NONE_STEPS,
  RTT_STEPS,
  stressLimits,
  stressSteps,
} from "../thresholds";
import type { DashboardInput } from "./dashboard-input";

/** A series for each region, called by it. */
const regions = (query: string): Query => influxQl(query, { alias: "$tag_region" });
const jicofoNow = (field: Field<"jicofo">): string =>
  `SELECT last("${field}") AS "${field}" FROM "jicofo" WHERE ${LAST_MINUTE}`;
const jicofoOverTime = (field: Field<"jicofo">): string =>
  `SELECT mean("${field}") AS "${field}" FROM "jicofo" WHERE $timeFilter GROUP BY time($__interval) fill(none)`;

/** Only bridges that somebody is on say something of the network. */
const IN_USE = '"local_endpoints" > 0 AND ';

/** Are calls fine, which region is short, and how much of what runs is used? */
export function buildCustomerDashboard({ customer, groups }: DashboardInput): Dashboard {
  const perRegion = (steps: (groups: readonly BridgeGroup[]) => Steps) =>
    Object.fromEntries([...byRegion(groups)].map(([region, its]) => [region, stepsOf(steps(its))]));
  return buildDashboard({
    uid: "fleet-customer",
    description: `Are the calls of ${customer.id} fine, which region is short, and how much of its bridges is used?`,
    from: "now-6h",
    rows: [
      { panels: [...calls(groups), bridges(groups), headroom(groups, perRegion(headroomSteps))] },
      {
        panels: [
          stat({
            title: "Stress",
            description:
              "Mean stress of each region's bridges. From a pool's target on it grows (yellow); from 0.8 on Jicofo avoids a " +
              "bridge (red), and calls get worse where all are.",
            unit: "none",
            decimals: 2,
            byName: perRegion(stressSteps),
            queries: [regions(byRegionNow("mean", "stress_level"))],
          }),
          stat({
            title: "Capacity in use",
            description:
              "Participants on each region's bridges, of what they carry until Jicofo avoids them. Little, for long: fewer " +
              "bridges would do. Draining bridges count: they are paid for.",
            unit: "percentunit",
            decimals: 0,
            steps: CAPACITY_STEPS,
            queries: [regions(capacityUseNow(groups, OVERLOAD_STRESS))],
          }),
          stat({
            title: "Packet loss",
            description:
              "Packets lost between callers and bridges in both directions, mean of the bridges in use. From 1 % on pictures " +
              "freeze, from 5 % on voices break up. One region: its network or its bridges; all: look at Signalling.",
            unit: "percentunit",
            decimals: 1,
            steps: LOSS_STEPS,
            noValue: "no calls",
            queries: [regions(byRegionNow("mean", "overall_loss", IN_USE))],
          }),
        ],
      },
      { title: "Load", panels: load(groups) },
      { title: "Quality", panels: quality(groups) },
    ],
  });
}

/** Participants and conferences; those of this customer only. */
const calls = (groups: readonly BridgeGroup[]): Placed[] => {
  const shared = groups.some((group) => group.shared);
  return [
    stat({
      title: "Participants",
      description: shared
        ? "In calls now, as Jicofo counts them: bridges of this customer carry other customers' calls, too."
        : "In calls now: those connected to each bridge, so nobody in a call over several bridges counts twice.",
      unit: "none",
      width: 4,
      noValue: "0",
      queries: [
        shared
          ? influxQl(jicofoNow("participants"), { alias: "Participants" })
          : influxQl(
              `SELECT sum("value") FROM (SELECT last("local_endpoints") AS "value" FROM "jvb" WHERE ${LAST_MINUTE} GROUP BY "pool", "region", "instance")`,
              { alias: "Participants" },
            ),
      ],
    }),
    stat({
      title: "Conferences",
      description:
        "Calls now, as Jicofo counts them. No value: Jicofo or its Telegraf is away, see Signalling.",
      unit: "none",
      width: 4,
      queries: [influxQl(jicofoNow("conferences"), { alias: "Conferences" })],
    }),
  ];
};

const bridges = (groups: readonly BridgeGroup[]): Placed =>
  stat({
    title: "Bridges",
    description:
      `Of ${groups.reduce((sum, { min }) => sum + min, 0)} that always run. Draining: takes no new calls. Unhealthy: fails ` +
      "its own check. Missing: should run, and has not reported for a minute. No value: no bridge reports at all.",
    unit: "none",
    byName: {
      operational: stepsOf(["red", [1, "green"]]),
      draining: stepsOf(["green", [1, "blue"]]),
      unhealthy: stepsOf(NONE_STEPS),
      missing: stepsOf(NONE_STEPS),
    },
    queries: [influxQl(statesNow(), { alias: "$col" }), influxQl(missingNow(groups), { alias: "$col" })],
  });

const headroom = (
  groups: readonly BridgeGroup[],
  byName: Record<string, ReturnType<typeof stepsOf>>,
): Placed =>
  stat({
    title: "Headroom",
    description:
      "Participants who can still join, by region: what its machine types carry less the stress they have, of bridges that " +
      "take calls. Red: less than join until a new bridge is up (burstJoinsPerMinute of the pool; without it, than one " +
      "bridge at its target takes).",
    unit: "none",
    decimals: 0,
    byName,
    queries: [...byRegion(groups)].map(([region, its]) =>
      influxQl(headroomNow(its, OVERLOAD_STRESS), { alias: region }),
    ),
  });

const load = (groups: readonly BridgeGroup[]): Placed[] => {
  const shared = groups.some((group) => group.shared);
  return [
    lines({
      title: "Participants by region",
      description: shared
        ? "On each region's bridges, of all customers that they serve; nobody counts twice."
        : "On each region's bridges; nobody counts twice.",
      unit: "none",
      decimals: 0,
      min: 0,
      stacked: true,
      queries: [regions(byRegionOverTime("sum", "local_endpoints"))],
    }),
    lines({
      title: "Headroom by region",
      description: "Participants who could have joined before Jicofo had avoided every bridge of the region.",
      unit: "none",
      decimals: 0,
      min: 0,
      calcs: ["lastNotNull", "min"],
      queries: [regions(headroomOverTime(groups, OVERLOAD_STRESS))],
    }),
    lines({
      title: "Stress by region",
      description:
        "Mean of the region's bridges. Dashed: the pools' targets, and 0.8, where Jicofo avoids a bridge.",
      unit: "none",
      decimals: 2,
      min: 0,
      max: 1,
      steps: stressLimits(groups),
      queries: [regions(byRegionOverTime("mean", "stress_level"))],
    }),
    lines({
      title: "Bridges by state",
      description: "Bridges that report. Operational ones take new calls.",
      unit: "none",
      decimals: 0,
      min: 0,
      stacked: true,
      byName: { operational: fixed("green"), draining: fixed("blue"), unhealthy: fixed("red") },
      queries: [influxQl(statesOverTime(), { alias: "$col" })],
    }),
    lines({
      title: "Capacity in use by region",
      description: "Participants, of what the bridges that run carry until Jicofo avoids them.",
      unit: "percentunit",
      decimals: 0,
      min: 0,
      steps: CAPACITY_STEPS,
      queries: [regions(capacityUseOverTime(groups, OVERLOAD_STRESS))],
    }),
    lines({
      title: "Conferences",
      description: "Calls at once, as Jicofo counts them, and participants of the largest one.",
      unit: "none",
      decimals: 0,
      min: 0,
      queries: [
        influxQl(jicofoOverTime("conferences"), { alias: "conferences" }),
        influxQl(jicofoOverTime("largest_conference"), { alias: "participants of the largest" }),
      ],
    }),
  ];
};

const quality = (groups: readonly BridgeGroup[]): Placed[] => [
  lines({
    title: "Packet loss by region",
    description: "Both directions, mean of the bridges in use.",
    unit: "percentunit",
    decimals: 1,
    min: 0,
    steps: LOSS_STEPS,
    queries: [regions(byRegionOverTime("mean", "overall_loss", IN_USE))],
  }),
  lines({
    title: "Round trip by region",
    description:
      "Between callers and their bridge, mean of the bridges in use. High in one region: callers from far away.",
    unit: "ms",
    decimals: 0,
    min: 0,
    steps: RTT_STEPS,
    queries: [regions(byRegionOverTime("mean", "rtt_aggregate", IN_USE))],
  }),
  lines({
    title: "Failed connections by region",
    description:
      "Callers for whom no way to a bridge was found (ICE). A few have networks that let nothing through; many at once: the " +
      "bridges' UDP port 10000 is blocked.",
    unit: "none",
    decimals: 0,
    min: 0,
    bars: true,
    calcs: ["sum"],
    queries: [regions(increaseByRegion("total_ice_failed"))],
  }),
  lines({
    title: "Sent by region",
    description: `Media from the region's bridges to callers.${ofAllCustomers(groups)}`,
    unit: "Kbits",
    min: 0,
    queries: [regions(byRegionOverTime("sum", "bit_rate_upload"))],
  }),
  note({
    title: "More",
    description: "Where to look next.",
    height: 4,
    content:
      `One bridge: [Bridge](${dashboardPath("fleet-bridge")}). Between regions, and what that costs: ` +
      `[Octo](${dashboardPath("fleet-octo")}). Calls that do not begin: [Signalling](${dashboardPath("fleet-signalling")}). ` +
      `Sizes of pools: [Fleet](${dashboardPath("fleet-pools")}).`,
  }),
];
