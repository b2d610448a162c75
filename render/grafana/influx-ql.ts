import type { Field } from "../../model/measurements";
import type { BridgeGroup } from "./bridge-group";

/**
 * InfluxQL that several dashboards have in common. A bridge is counted once per interval, whatever the interval: first
 * each bridge by itself (inner query), then all of them together. The tags of the inner query are those that the outer
 * one may name.
 */
const EACH_BRIDGE = `"pool", "region", "instance"`;

/** Points of the last minute before the panel's end, for what is now. A bridge writes six of them. */
export const LAST_MINUTE = "time > ${__to}ms - 60s AND time <= ${__to}ms";

/** An expression of fields of the bridges, for each bridge and interval. */
const eachBridge = (value: string, where: string): string =>
  `SELECT ${value} AS "value" FROM "jvb" WHERE ${where}$timeFilter GROUP BY time($__interval), ${EACH_BRIDGE} fill(none)`;

/** How the bridges of a region come together in one number. */
type How = "sum" | "mean" | "max";

/** Of each region's bridges, a field's mean over an interval. */
export const byRegionOverTime = (how: How, field: Field<"jvb">, where = ""): string =>
  `SELECT ${how}("value") FROM (${eachBridge(`mean("${field}")`, where)}) ` +
  `WHERE $timeFilter GROUP BY time($__interval), "region" fill(none)`;

/** The same of the last minute: one number for each region. */
export const byRegionNow = (how: How, field: Field<"jvb">, where = ""): string =>
  `SELECT ${how}("value") FROM (SELECT last("${field}") AS "value" FROM "jvb" WHERE ${where}${LAST_MINUTE} ` +
  `GROUP BY ${EACH_BRIDGE}) GROUP BY "region"`;

/** What a counter of the bridges rose by; it begins anew with a bridge's program. */
export const increaseByRegion = (counter: Field<"jvb">): string =>
  `SELECT sum("value") FROM (SELECT non_negative_difference("${counter}") AS "value" FROM "jvb" WHERE $timeFilter ` +
  `GROUP BY ${EACH_BRIDGE}) WHERE $timeFilter GROUP BY time($__interval), "region" fill(none)`;

/** 1 for a bridge that takes new calls, else 0. */
const TAKES_CALLS =
  'last("healthy") * (1 - last("drain")) * (1 - last("graceful_shutdown")) * (1 - last("shutting_down"))';

/** What bridges do, as columns: each bridge is in one of them. */
const STATES = [
  'sum("takes") AS "operational"',
  'sum("healthy") - sum("takes") AS "draining"',
  'count("healthy") - sum("healthy") AS "unhealthy"',
];

const stateOfEach = (when: string, every: string): string =>
  `SELECT ${TAKES_CALLS} AS "takes", last("healthy") AS "healthy" FROM "jvb" WHERE ${when} ` +
  `GROUP BY ${every}${EACH_BRIDGE}`;

export const statesNow = (): string => `SELECT ${STATES.join(", ")} FROM (${stateOfEach(LAST_MINUTE, "")})`;

/** The good ones last: stacked, their line is on top, and not the one of no unhealthy bridge. */
export const statesOverTime = (): string =>
  `SELECT ${[...STATES].reverse().join(", ")} FROM (${stateOfEach("$timeFilter", "time($__interval), ")} fill(none)) ` +
  "WHERE $timeFilter GROUP BY time($__interval) fill(none)";

/** Long enough for a night: a bridge that has been silent for longer leaves no trace in what follows. */
const TODAY = "time > ${__to}ms - 6h AND time <= ${__to}ms";
const FULL_MINUTES = "time > ${__to}ms - 6h AND time <= ${__to}ms - 60s";

/** The last full minute of a series of minutes that has zeros where there is nothing. */
const lastFullMinute = (value: string, name: string, minutes: string, tag?: string): string => {
  const groupBy = tag === undefined ? "" : ` GROUP BY "${tag}"`;
  return `SELECT last("value") AS "${name}" FROM (SELECT ${value} AS "value" FROM (${minutes}) WHERE ${FULL_MINUTES}${groupBy})${groupBy}`;
};

/** Bridges that should run in any case and do not report, of all groups together, in the last full minute. */
export const missingNow = (groups: readonly BridgeGroup[]): string => {
  const missing = groups.map(({ tag, min }) => {
    const each = `SELECT last("healthy") AS "healthy" FROM "jvb" WHERE "pool" = '${tag}' AND ${TODAY} GROUP BY time(1m), "pool", "instance" fill(none)`;
    const minutes = `SELECT count("healthy") AS "bridges" FROM (${each}) WHERE ${TODAY} GROUP BY time(1m), "pool" fill(0)`;
    // Not an integer: abs() of a negative one is negative in InfluxDB 1.6.
    const short = `SELECT ${min} - "bridges" * 1.0 AS "short" FROM (${minutes}) GROUP BY "pool"`;
    return `(${lastFullMinute('("short" + abs("short")) / 2', "missing", short, "pool")})`;
  });
  return `SELECT sum("missing") AS "missing" FROM ${missing.join(", ")}`;
};

/** A group's bridges in the last full minute, as columns: numbers of 0 if none of them reports any more. */
export const groupNow = ({ tag, min, max }: BridgeGroup): string => {
  const each =
    `SELECT last("drain") AS "drain", last("local_endpoints") AS "people" FROM "jvb" WHERE "pool" = '${tag}' AND ${TODAY} ` +
    `GROUP BY time(1m), "pool", "instance" fill(none)`;
  const minutes =
    `SELECT count("drain") AS "bridges", sum("drain") AS "draining", sum("people") AS "people" FROM (${each}) ` +
    `WHERE ${TODAY} GROUP BY time(1m), "pool" fill(0)`;
  const full = `SELECT "bridges", "draining", "people" FROM (${minutes}) WHERE ${FULL_MINUTES} GROUP BY "pool"`;
  return (
    `SELECT last("bridges") AS "bridges", last("bridges") * 0 + ${min} AS "min", last("bridges") * 0 + ${max} AS "max", ` +
    `last("draining") AS "draining", last("people") AS "people" FROM (${full}) GROUP BY "pool"`
  );
};

/** Participants whom each bridge of a group still takes: none if it takes no calls, or is beyond the stress. */
const roomOf = ({ tag, capacity }: BridgeGroup, overload: number, when: string, every: string): string => {
  const left =
    `SELECT (${overload} - last("stress_level")) * ${capacity} * ${TAKES_CALLS} AS "left" FROM "jvb" ` +
    `WHERE "pool" = '${tag}' AND ${when} GROUP BY time(${every}), ${EACH_BRIDGE} fill(none)`;
  return `(SELECT ("left" + abs("left")) / 2 AS "room" FROM (${left}) WHERE ${when} GROUP BY "region", "instance")`;
};

const roomsOf = (groups: readonly BridgeGroup[], overload: number, when: string, every: string): string =>
  groups.map((group) => roomOf(group, overload, when, every)).join(", ");

/** Participants who can still join in one region, in the last full minute: 0 if its bridges are gone. */
export const headroomNow = (groups: readonly BridgeGroup[], overload: number): string =>
  lastFullMinute(
    '"room"',
    "room",
    `SELECT sum("room") AS "room" FROM ${roomsOf(groups, overload, TODAY, "1m")} WHERE ${TODAY} GROUP BY time(1m) fill(0)`,
  );

/** Participants who could join, by region. */
export const headroomOverTime = (groups: readonly BridgeGroup[], overload: number): string =>
  `SELECT sum("room") FROM ${roomsOf(groups, overload, "$timeFilter", "$__interval")} ` +
  'WHERE $timeFilter GROUP BY time($__interval), "region" fill(none)';

/** Participants on the bridges, of what they carry up to a stress, by region. Draining bridges count. */
const useOf = ({ tag, capacity }: BridgeGroup, overload: number, when: string, every: string): string =>
  `(SELECT last("local_endpoints") AS "people", last("local_endpoints") * 0 + ${round(overload * capacity)} AS "room" ` +
  `FROM "jvb" WHERE "pool" = '${tag}' AND ${when} GROUP BY ${every}${EACH_BRIDGE}${every === "" ? "" : " fill(none)"})`;

const USE = `SELECT sum("people") / sum("room") FROM`;

export const capacityUseNow = (groups: readonly BridgeGroup[], overload: number): string =>
  `${USE} ${groups.map((group) => useOf(group, overload, LAST_MINUTE, "")).join(", ")} GROUP BY "region"`;

export const capacityUseOverTime = (groups: readonly BridgeGroup[], overload: number): string =>
  `${USE} ${groups
    .map((group) => useOf(group, overload, "$timeFilter", "time($__interval), "))
    .join(", ")} WHERE $timeFilter GROUP BY time($__interval), "region" fill(none)`;

/** 0.8 times 100 is not 80 in binary. */
const round = (number: number): number => Math.round(number * 1e6) / 1e6;
