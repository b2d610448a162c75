import type { Pool } from "../../../model/fleet";
import { aGcpPool, aLinodePool } from "../../builders/fleet";
import type { Labels } from "../../builders/grafana-math";
import { aPoint } from "../../builders/points";
import { bridge, jicofo, type Planted, series } from "../../builders/planted";

/** For one alert: what must raise it, and what looks much like it and must not. */
export interface DataSets {
  /** The pools that the customer has. @default eu-burst (Google, 1 to 8) and nl-static (Linode, 3) */
  readonly pools?: readonly Pool[];
  /** The pool whose rule it is. */
  readonly pool?: string;
  /** Minutes in which the rule is evaluated. @default 15 */
  readonly minutes?: number;
  readonly raises: readonly Planted[];
  /** Labels of the series that are raised. @default one without */
  readonly labels?: readonly Labels[];
  /** By what it is that looks alike. */
  readonly misses: Readonly<Record<string, readonly Planted[]>>;
}

const BURST = "acme-eu-burst";
const STATIC = "acme-nl-static";
const SERVER = { pool: "server", instance: "abc-server" };
const EU = { pool: BURST, instance: "eu-1" };
const minutes = (count: number): number => count * 60;
const from = (count: number) => ({ from: minutes(count) });
const until = (count: number) => ({ to: minutes(count) });

const three = [bridge(STATIC, "nl-1"), bridge(STATIC, "nl-2"), bridge(STATIC, "nl-3")];
const disk = (used_percent: number, free = 1e10, when = {}) =>
  series("disk", { ...SERVER, path: "/var/lib/fleet" }, { used_percent, free }, { every: 60, ...when });
/** A disk of which so much is used up in an hour; it begins seven hours before. */
const shrinking = (gbAnHour: number, usedPercent: number) =>
  series(
    "disk",
    { ...SERVER, path: "/" },
    (second) => ({ used_percent: usedPercent, free: 20e9 - (second / 3600) * gbAnHour * 1e9 }),
    { from: -minutes(420), every: 60 },
  );
const certificate = (days_left: number, when = {}) =>
  series("fleet_certificate", { ...SERVER, result: "presented" }, { days_left }, { every: 60, ...when });
/** The roll-up of one hour, which began so many hours after the beginning. */
export const hour =
  (hours: number): Planted =>
  (beginning) => [
    aPoint(
      "jicofo_hourly",
      { ...SERVER, customer: "abc" },
      { samples: { integer: 360 } },
      beginning + hours * 3600,
    ),
  ];
/** Counters of Jicofo's that rise to these after so many seconds. */
const counted = (
  bridge_selector_lost_bridges: number,
  bridge_failures_participants_moved: number,
  at = 300,
) =>
  jicofo(2, (second) => ({
    bridge_selector_lost_bridges: second < at ? 4 : bridge_selector_lost_bridges,
    bridge_failures_participants_moved: second < at ? 31 : bridge_failures_participants_moved,
  }));
const boot = (instance: string, seconds: number, first = 1) =>
  series("fleet_boot", { pool: BURST, instance }, { seconds, first_boot: { integer: first } }, { every: 60 });
const keeper = (pool: string, when = {}) => series("keeper", { pool }, { size: 2, draining: 0 }, when);
/** Counters that grow by so much a second. */
const udp = (errors: number, datagrams: number) =>
  series("nstat", EU, (second) => ({
    UdpRcvbufErrors: (second + 1000) * errors,
    UdpInDatagrams: (second + 1000) * datagrams,
  }));
const ice = (failed: number, succeeded: number) =>
  bridge(BURST, "eu-1", (second) => ({
    total_ice_failed: Math.floor(((second + 1000) / 60) * failed),
    total_ice_succeeded: Math.floor(((second + 1000) / 60) * succeeded),
  }));
const applied = (result: string, ok: number, when = {}) =>
  series("fleet_apply", { ...EU, result }, { ok: { integer: ok } }, { every: 60, ...when });
const service = (name: string, code: number, when = {}) =>
  series("service_health", { ...SERVER, service: name }, { result_code: { integer: code } }, when);

export const DATA_SETS: Readonly<Record<string, DataSets>> = {
  "no-bridge": {
    raises: [jicofo(2, { bridge_selector_operational_bridge_count: 0 })],
    misses: {
      "one is left": [jicofo(2, { bridge_selector_operational_bridge_count: 1 })],
      "none for a minute": [
        jicofo(2, (second) => ({
          bridge_selector_operational_bridge_count: second >= 120 && second < 180 ? 0 : 2,
        })),
      ],
    },
  },
  "bridges-not-joined": {
    raises: [...three, jicofo(2)],
    misses: {
      "all are there": [...three, jicofo(3)],
      "the third has just booted": [bridge(STATIC, "nl-3", {}, from(11)), ...three.slice(0, 2), jicofo(2)],
    },
  },
  "bridges-unwatched": {
    raises: [...three, jicofo(4)],
    misses: {
      "all report": [...three, jicofo(3)],
      "Jicofo forgets one that went": [...three, jicofo(4, {}, until(8)), jicofo(3, {}, from(8))],
    },
  },
  "bridge-lost": {
    raises: [counted(5, 43)],
    misses: {
      "drained, then stopped": [counted(5, 31)],
      "callers of a bridge that is still there": [counted(4, 43)],
      "Jicofo was restarted": [counted(0, 0)],
      "long ago": [counted(5, 43, -840)],
    },
  },
  "two-releases": {
    minutes: 130,
    raises: [jicofo(2, { bridge_selector_bridge_version_count: 2 }, until(131))],
    misses: {
      "an upgrade of less than two hours": [
        jicofo(
          2,
          (second) => ({ bridge_selector_bridge_version_count: second < minutes(115) ? 2 : 1 }),
          until(131),
        ),
      ],
    },
  },
  "login-lost": {
    raises: [bridge(STATIC, "nl-1"), bridge(STATIC, "nl-2", { muc_clients_configured: 2 })],
    labels: [{ pool: STATIC, instance: "nl-2" }],
    misses: {
      "logged in everywhere": [
        bridge(STATIC, "nl-2", { muc_clients_configured: 2, muc_clients_connected: 2 }),
      ],
      "logged in again at once": [
        bridge(STATIC, "nl-2", (second) => ({
          muc_clients_connected: second >= 120 && second < 240 ? 0 : 1,
        })),
      ],
      "a pool of another home": [bridge("globex-us", "us-1", { muc_clients_connected: 0 })],
    },
  },
  "bridge-unhealthy": {
    raises: [bridge(STATIC, "nl-1"), bridge(STATIC, "nl-2", { healthy: { integer: 0 } })],
    labels: [{ pool: STATIC, instance: "nl-2" }],
    misses: {
      "well again within two minutes": [
        bridge(STATIC, "nl-2", (second) => ({ healthy: { integer: (second + 1200) % 120 < 90 ? 0 : 1 } })),
      ],
    },
  },
  "relay-silent": {
    raises: [bridge(BURST, "eu-1", { num_relays_no_msg_transport_after_delay: 1 })],
    labels: [EU],
    misses: {
      "connected late": [
        bridge(BURST, "eu-1", (second) => ({
          num_relays_no_msg_transport_after_delay: second >= 60 && second < 240 ? 1 : 0,
        })),
      ],
    },
  },
  "ice-failures": {
    raises: [ice(2, 5)],
    labels: [{ pool: BURST }],
    misses: {
      "two of fifty a minute": [ice(2, 50)],
      "four callers in all": [
        bridge(BURST, "eu-1", (second) => ({
          total_ice_failed: second < 300 ? 0 : 4,
          total_ice_succeeded: 0,
        })),
      ],
      "a restarted bridge": [
        bridge(BURST, "eu-1", (second) => ({
          total_ice_failed: second < 300 ? 500 : 0,
          total_ice_succeeded: second < 300 ? 900 : 10,
        })),
      ],
    },
  },
  "pool-silent": {
    pool: STATIC,
    raises: [bridge(BURST, "eu-1"), ...three.slice(0, 0), bridge(STATIC, "nl-1", {}, until(4))],
    misses: {
      "one of three still reports": [bridge(STATIC, "nl-1", {}, until(4)), bridge(STATIC, "nl-2")],
      "away for three minutes": [bridge(STATIC, "nl-1", {}, until(4)), bridge(STATIC, "nl-1", {}, from(8))],
    },
  },
  "bridges-missing": {
    pool: STATIC,
    raises: [...three.slice(0, 2)],
    misses: {
      "one is drained for a deploy": [
        ...three.slice(0, 2),
        bridge(STATIC, "nl-3", { drain: { integer: 1 } }),
      ],
      "rebooted within minutes": [
        ...three.slice(0, 2),
        bridge(STATIC, "nl-3", {}, until(4)),
        bridge(STATIC, "nl-3", {}, from(8)),
      ],
    },
  },
  "bridges-missing, while one shall drain": {
    pool: STATIC,
    pools: [aLinodePool({ draining: 1 })],
    raises: [bridge(STATIC, "nl-1"), bridge(STATIC, "nl-3", { drain: { integer: 1 } })],
    misses: {
      "the drained one is gone": three.slice(0, 2),
      "it drains": [...three.slice(0, 2), bridge(STATIC, "nl-3", { drain: { integer: 1 } })],
      "another one is drained for a deploy": [
        bridge(STATIC, "nl-1"),
        bridge(STATIC, "nl-2", { drain: { integer: 1 } }),
        bridge(STATIC, "nl-3", { drain: { integer: 1 } }),
      ],
    },
  },
  "bridges-missing, of a growing pool": {
    pool: BURST,
    pools: [aGcpPool({ size: { min: 2, max: 8 } })],
    raises: [bridge(BURST, "eu-1"), bridge(BURST, "eu-2", { healthy: { integer: 0 } })],
    misses: {
      "one above the minimum was removed": [
        bridge(BURST, "eu-1"),
        bridge(BURST, "eu-2"),
        bridge(BURST, "eu-3", { drain: { integer: 1 } }, until(5)),
      ],
    },
  },
  "pool-overloaded": {
    pool: STATIC,
    raises: [bridge(STATIC, "nl-1", { stress_level: 0.95 }), bridge(STATIC, "nl-2", { stress_level: 0.75 })],
    misses: {
      "loaded, and not too much": [bridge(STATIC, "nl-1", { stress_level: 0.79 })],
      "only one that drains": [
        bridge(STATIC, "nl-1", { stress_level: 0.5 }),
        bridge(STATIC, "nl-2", { stress_level: 2, drain: { integer: 1 } }),
      ],
    },
  },
  "stress-above-target": {
    pool: BURST,
    pools: [aGcpPool({ scaling: { ...aGcpPool().scaling, targetStress: 0.5 } })],
    raises: [bridge(BURST, "eu-1", { stress_level: 0.6 }), bridge(BURST, "eu-2", { stress_level: 0.45 })],
    misses: {
      "a new bridge came in time": [
        bridge(BURST, "eu-1", (second) => ({ stress_level: second < 330 ? 0.7 : 0.4 }), from(0)),
      ],
      "just below": [bridge(BURST, "eu-1", { stress_level: 0.49 })],
    },
  },
  "pool-at-maximum": {
    pool: BURST,
    pools: [aGcpPool({ size: { min: 1, max: 2 } })],
    raises: [bridge(BURST, "eu-1"), bridge(BURST, "eu-2")],
    misses: { "one below": [bridge(BURST, "eu-1"), bridge(STATIC, "nl-1")] },
  },
  "boot-slow": {
    pool: BURST,
    raises: [boot("eu-1", 140), boot("eu-2", 170)],
    misses: {
      "one of them only": [boot("eu-1", 120), boot("eu-2", 170)],
      "a reboot, however long": [boot("eu-1", 140), boot("eu-2", 600, 0)],
    },
  },
  "keeper-silent": {
    pool: BURST,
    raises: [bridge(BURST, "eu-1"), keeper(BURST, until(4)), keeper("acme-us-burst")],
    misses: {
      "it reports": [bridge(BURST, "eu-1"), keeper(BURST)],
      "it was deployed": [bridge(BURST, "eu-1"), keeper(BURST, until(4)), keeper(BURST, from(8))],
      "the pool has no bridge": [...three, keeper("acme-us-burst")],
    },
  },
  "keeper-silent, and never was there": {
    pool: BURST,
    raises: [bridge(BURST, "eu-1")],
    misses: { "the pool has no bridge": [] },
  },
  "server-silent": {
    raises: [...three, series("system", EU, { uptime: 5 })],
    misses: { "it reports": [series("system", SERVER, { uptime: 5 })] },
  },
  "service-down": {
    raises: [service("jicofo", 0), service("prosody", 1)],
    labels: [{ service: "prosody" }],
    misses: {
      "away for a minute": [
        service("prosody", 0, until(3)),
        service("prosody", 2, { from: minutes(3), to: minutes(4) }),
        service("prosody", 0, from(4)),
      ],
      "no bridge, Jicofo answers": [
        jicofo(0),
        ...["influxdb", "jicofo", "prosody", "prosody-brewery", "web"].map((name) => service(name, 0)),
      ],
      "Grafana, which would not be here": [service("jicofo", 0), service("grafana", 1)],
    },
  },
  "service-down, of the page and of the bridges' logins": {
    raises: [service("jicofo", 0), service("prosody-brewery", 2), service("web", 3)],
    labels: [{ service: "prosody-brewery" }, { service: "web" }],
    misses: {
      "the page restarts": [
        service("web", 0, until(5)),
        service("web", 1, { from: minutes(5), to: minutes(6) }),
        service("web", 0, from(6)),
      ],
    },
  },
  "certificate-unwatched": {
    raises: [certificate(60, from(-420))],
    misses: {
      "it counts down": [
        series(
          "fleet_certificate",
          { ...SERVER, result: "presented" },
          (second) => ({ days_left: 60 - Math.floor(second / 3600 / 2.4) / 10 }),
          { from: -minutes(420), every: 60 },
        ),
      ],
      "it was renewed": [certificate(29.9, { from: -minutes(420), to: 0 }), certificate(89.9, from(0))],
      "a server of a few hours": [certificate(89.9, from(-240))],
    },
  },
  "hours-not-rolled-up": {
    minutes: 95,
    raises: [hour(-6), hour(-5)],
    misses: {
      "the last full hour is not there yet": [hour(-4), hour(-3), hour(-2)],
      "a new server, after its first hour": [hour(1)],
    },
  },
  "certificate-ends-soon": {
    minutes: 40,
    raises: [certificate(20)],
    misses: { "as before every renewal": [certificate(29)] },
  },
  "certificate-ends": {
    raises: [certificate(6.5)],
    misses: { "a week is left": [certificate(7.5)] },
  },
  "disk-filling": {
    raises: [disk(85)],
    labels: [{ ...SERVER, path: "/var/lib/fleet" }],
    misses: {
      almost: [disk(79)],
      "full while images are pulled": [
        disk(70, 1e10, until(2)),
        disk(90, 1e9, { from: minutes(2), to: minutes(8) }),
        disk(70, 1e10, from(8)),
      ],
    },
  },
  "disk-full-within-a-day": {
    minutes: 40,
    raises: [shrinking(1, 65)],
    labels: [{ ...SERVER, path: "/" }],
    misses: {
      "full within two days": [shrinking(0.5, 65)],
      "the first images on an empty disk": [shrinking(1, 30)],
      "it gets emptier": [shrinking(-1, 65)],
    },
  },
  "udp-drops": {
    raises: [udp(10, 5000)],
    labels: [EU],
    misses: { "two of five thousand": [udp(2, 5000)], "a few of few": [udp(0.2, 10)] },
  },
  "processor-stolen": {
    raises: [series("cpu", EU, { usage_steal: 15 })],
    labels: [EU],
    misses: { "a little": [series("cpu", EU, { usage_steal: 6 })] },
  },
  "files-not-applied": {
    raises: [applied("failed", 0)],
    labels: [EU],
    misses: { "tried again with success": [applied("failed", 0, until(8)), applied("applied", 1, from(8))] },
  },
};
