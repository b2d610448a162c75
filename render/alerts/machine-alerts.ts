import { CERTIFICATE_DAYS } from "../../model/certificate-days";
import { SERVER_POOL } from "../../model/telemetry";
import { type Alert, BY_MACHINE, ofPools, recent } from "./alert";

const SERVER_COVERS = { coveredBy: ["server-silent"] } as const;
const MACHINES_COVER = { coveredBy: ["pool-silent", "server-silent"] } as const;

const BY_DISK = `${BY_MACHINE}, "path"`;

const daysLeft = `SELECT last("days_left") ${recent("fleet_certificate", 600)}`;

/**
 * What machines say of themselves, before callers notice.
 *
 * @param pools Tags of the pools that are watched here, the server's own among them.
 */
export const machineAlerts = (pools: readonly string[]): Alert[] => [
  {
    kind: "server-silent",
    title: "No data from the server",
    severity: "critical",
    means:
      "Nobody would notice if calls failed: the server measures nothing, or what it measures cannot be read.",
    queries: { A: `SELECT count("uptime") ${recent("system", 180, ofPools([SERVER_POOL]))}` },
    threshold: { below: 1 },
    lookBackSeconds: 180,
    forMinutes: 2,
    silence: "alarm",
  },
  {
    kind: "service-down",
    title: "A service of the server does not answer",
    severity: "critical",
    means:
      "Callers may not be able to open the page or to join, or bridges to log in: {{ .Labels.service }} has not answered for minutes.",
    // Grafana cannot tell that it is down itself: Cloud Monitoring does.
    queries: {
      A: `SELECT min("result_code") ${recent("service_health", 120, `"service" != 'grafana'`)} GROUP BY "service"`,
    },
    threshold: { above: 0 },
    lookBackSeconds: 120,
    forMinutes: 1,
    silence: SERVER_COVERS,
  },
  {
    kind: "certificate-ends-soon",
    title: "The certificate is not renewed",
    severity: "warning",
    means: `Nothing yet; in less than ${CERTIFICATE_DAYS.late} days browsers refuse the page and no bridge joins.`,
    queries: { A: daysLeft },
    threshold: { below: CERTIFICATE_DAYS.late },
    lookBackSeconds: 600,
    // A first certificate takes some minutes; none at all is no less trouble than an old one.
    forMinutes: 30,
    silence: "alarm",
  },
  {
    kind: "certificate-ends",
    title: "The certificate ends within a week",
    severity: "critical",
    means: `In less than ${CERTIFICATE_DAYS.ending} days browsers refuse the page and bridges that start do not join.`,
    queries: { A: daysLeft },
    threshold: { below: CERTIFICATE_DAYS.ending },
    lookBackSeconds: 600,
    forMinutes: 5,
    silence: { coveredBy: ["certificate-ends-soon"] },
  },
  {
    kind: "certificate-unwatched",
    title: "Nobody looks after the certificate",
    severity: "warning",
    means:
      "Nothing yet; a renewed certificate reaches neither browsers nor bridges, and nobody knows how long the present one lasts.",
    queries: {
      A: `SELECT max("days_left") - min("days_left") ${recent("fleet_certificate", 21_600)}`,
      B: `SELECT count("days_left") ${recent("fleet_certificate", 21_600)}`,
    },
    // It is looked at every hour, in tenths of a day, and collected every minute: five hours of one number are no chance.
    math: "($A1 == 0) && ($B1 > 300)",
    threshold: { above: 0 },
    lookBackSeconds: 21_600,
    forMinutes: 10,
    silence: { coveredBy: ["certificate-ends-soon"] },
  },
  {
    kind: "hours-not-rolled-up",
    title: "The hourly roll-up has stopped",
    severity: "warning",
    means: "Calls go on; the report of the month and the long view of the dashboards lose these hours.",
    queries: { A: `SELECT count("samples") ${recent("jicofo_hourly", 14_400)}` },
    dataSource: "influx-hourly",
    threshold: { below: 1 },
    lookBackSeconds: 14_400,
    // A new server has its first hour after 62 minutes at most.
    forMinutes: 90,
    silence: "alarm",
  },
  {
    kind: "disk-filling",
    title: "A disk is more than 80 percent full",
    severity: "warning",
    means:
      "Nothing yet; a full {{ .Labels.path }} stops {{ .Labels.instance }} from writing, and services then fail.",
    queries: { A: `SELECT last("used_percent") ${recent("disk", 300, ofPools(pools))} ${BY_DISK}` },
    threshold: { above: 80 },
    lookBackSeconds: 300,
    forMinutes: 10,
    silence: MACHINES_COVER,
  },
  {
    kind: "disk-full-within-a-day",
    title: "A disk is full within a day",
    severity: "critical",
    means:
      "At the pace of the last six hours {{ .Labels.path }} of {{ .Labels.instance }} is full within a day; services then fail.",
    queries: {
      A: `SELECT first("free") - last("free") ${recent("disk", 21_600, ofPools(pools))} ${BY_DISK}`,
      B: `SELECT last("free") ${recent("disk", 300, ofPools(pools))} ${BY_DISK}`,
      D: `SELECT last("used_percent") ${recent("disk", 300, ofPools(pools))} ${BY_DISK}`,
    },
    // A day is four times six hours. The first images on an empty disk are no trend.
    math: "($D1 > 60) && (4 * $A1 > $B1)",
    threshold: { above: 0 },
    lookBackSeconds: 21_600,
    forMinutes: 30,
    silence: MACHINES_COVER,
  },
  {
    kind: "udp-drops",
    title: "A machine drops media packets",
    severity: "warning",
    means: "Sound and picture of calls on {{ .Labels.instance }} stutter: it takes packets in too slowly.",
    queries: { A: udp("UdpRcvbufErrors", pools), B: udp("UdpInDatagrams", pools) },
    // One in a thousand is heard by somebody; a hundred in five minutes may be one hiccup.
    math: "($A1 > 100) && ($A1 > 0.001 * ($A1 + $B1))",
    threshold: { above: 0 },
    lookBackSeconds: 300,
    forMinutes: 2,
    silence: MACHINES_COVER,
  },
  {
    kind: "processor-stolen",
    title: "The cloud gives a machine less processor than it should",
    severity: "warning",
    means: "Calls on {{ .Labels.instance }} may stutter, although its load does not say so.",
    queries: { A: `SELECT mean("usage_steal") ${recent("cpu", 600, ofPools(pools))} ${BY_MACHINE}` },
    threshold: { above: 10 },
    lookBackSeconds: 600,
    forMinutes: 10,
    silence: MACHINES_COVER,
  },
  {
    kind: "files-not-applied",
    title: "A machine does not take its files",
    severity: "warning",
    means:
      "Calls go on; {{ .Labels.instance }} could not bring everything up to its files, so the last change may have no effect there.",
    queries: { A: `SELECT last("ok") ${recent("fleet_apply", 300, ofPools(pools))} ${BY_MACHINE}` },
    threshold: { below: 1 },
    lookBackSeconds: 300,
    forMinutes: 10,
    silence: MACHINES_COVER,
  },
];

const udp = (counter: "UdpRcvbufErrors" | "UdpInDatagrams", pools: readonly string[]): string =>
  `SELECT sum("packets") FROM (SELECT non_negative_difference("${counter}") AS "packets" ` +
  `${recent("nstat", 300, ofPools(pools))} ${BY_MACHINE}) ${BY_MACHINE}`;
