import type { Field } from "../../model/measurements";
import { type Alert, BY_MACHINE, ofPools, recent } from "./alert";

const SERVER_COVERS = { coveredBy: ["service-down", "server-silent"] } as const;
const POOLS_COVER = { coveredBy: ["pool-silent", "server-silent"] } as const;

/** Every bridge of the customer that reports now, of pools whose home is elsewhere too. */
const REPORTING = `SELECT count("there") FROM (SELECT last("healthy") AS "there" ${recent("jvb", 120)} ${BY_MACHINE})`;
const SEEN_BY_JICOFO = `SELECT last("bridge_selector_bridge_count") ${recent("jicofo", 120)}`;

/**
 * What callers would notice, or soon will.
 *
 * @param pools Tags of the pools that are watched here, the server's own among them.
 */
export const callAlerts = (pools: readonly string[]): Alert[] => [
  {
    kind: "no-bridge",
    title: "No bridge takes calls",
    severity: "critical",
    means: "Calls of three and more people have neither sound nor picture; most calls of two go on.",
    queries: { A: `SELECT max("bridge_selector_operational_bridge_count") ${recent("jicofo", 60)}` },
    threshold: { below: 1 },
    lookBackSeconds: 60,
    forMinutes: 1,
    silence: SERVER_COVERS,
  },
  {
    kind: "bridges-not-joined",
    title: "Jicofo sees fewer bridges than there are",
    severity: "warning",
    means: "Some bridges run and get no calls, so the others carry more; none of them left helps anybody.",
    queries: { A: REPORTING, B: SEEN_BY_JICOFO },
    math: "$A1 - $B1",
    threshold: { above: 0 },
    lookBackSeconds: 120,
    forMinutes: 5,
    silence: { coveredBy: ["pool-silent", "service-down", "server-silent"] },
  },
  {
    kind: "bridges-unwatched",
    title: "Bridges that Jicofo uses do not report",
    severity: "warning",
    means: "Calls work, but nobody would notice if they did not: some bridges in use send no measurements.",
    queries: { A: REPORTING, B: SEEN_BY_JICOFO },
    math: "$B1 - $A1",
    threshold: { above: 0 },
    lookBackSeconds: 120,
    forMinutes: 10,
    silence: { coveredBy: ["pool-silent", "service-down", "server-silent"] },
  },
  {
    kind: "bridge-lost",
    title: "A bridge was lost with its calls",
    severity: "warning",
    means: "A bridge went while it had calls: their callers were without sound and picture for some seconds.",
    // Jicofo counts a drained bridge that stops as lost, too: but then it had nobody to move.
    queries: {
      A: inTenMinutes("bridge_selector_lost_bridges"),
      B: inTenMinutes("bridge_failures_participants_moved"),
    },
    math: "($A1 > 0) && ($B1 > 0)",
    threshold: { above: 0 },
    lookBackSeconds: 600,
    forMinutes: 0,
    silence: SERVER_COVERS,
  },
  {
    kind: "two-releases",
    title: "Bridges of two releases are in use",
    severity: "warning",
    means:
      "For two hours already, every call has had a part of the bridges only: fine during an upgrade, else some are forgotten.",
    queries: { A: `SELECT min("bridge_selector_bridge_version_count") ${recent("jicofo", 120)}` },
    threshold: { above: 1 },
    lookBackSeconds: 120,
    forMinutes: 120,
    silence: SERVER_COVERS,
  },
  {
    kind: "login-lost",
    title: "A bridge has lost a login",
    severity: "warning",
    means: "Bridge {{ .Labels.instance }} gets no new calls of at least one customer; those on it go on.",
    queries: {
      A:
        `SELECT last("muc_clients_configured") - last("muc_clients_connected") ` +
        `${recent("jvb", 120, ofPools(pools))} ${BY_MACHINE}`,
    },
    threshold: { above: 0 },
    lookBackSeconds: 120,
    forMinutes: 3,
    silence: POOLS_COVER,
  },
  {
    kind: "bridge-unhealthy",
    title: "A bridge is unhealthy",
    severity: "warning",
    means:
      "Callers on bridge {{ .Labels.instance }} may be without sound and picture; nobody new is sent there.",
    queries: { A: `SELECT max("healthy") ${recent("jvb", 120, ofPools(pools))} ${BY_MACHINE}` },
    threshold: { below: 1 },
    lookBackSeconds: 120,
    forMinutes: 1,
    silence: POOLS_COVER,
  },
  {
    kind: "relay-silent",
    title: "Bridges of one call cannot talk to each other",
    severity: "critical",
    means:
      "Callers on bridge {{ .Labels.instance }} and those of the same call on other bridges miss each other's sound or picture.",
    queries: {
      A: `SELECT min("num_relays_no_msg_transport_after_delay") ${recent("jvb", 120, ofPools(pools))} ${BY_MACHINE}`,
    },
    threshold: { above: 0 },
    lookBackSeconds: 120,
    forMinutes: 2,
    silence: POOLS_COVER,
  },
  {
    kind: "ice-failures",
    title: "Many callers cannot connect to the bridges",
    severity: "warning",
    means:
      "More than one in ten callers got no connection to the bridges of {{ .Labels.pool }} in the last ten minutes: they hear and see nothing.",
    queries: { A: ice("total_ice_failed", pools), B: ice("total_ice_succeeded", pools) },
    // A few failures are callers whose network takes no UDP.
    math: "($A1 >= 5) && ($A1 > 0.1 * ($A1 + $B1))",
    threshold: { above: 0 },
    lookBackSeconds: 600,
    forMinutes: 2,
    silence: POOLS_COVER,
  },
];

/** How much a counter of Jicofo's has grown; one that began anew has not. */
const inTenMinutes = (counter: Field<"jicofo">): string =>
  `SELECT sum("more") FROM (SELECT non_negative_difference("${counter}") AS "more" ${recent("jicofo", 600)})`;

const ice = (counter: "total_ice_failed" | "total_ice_succeeded", pools: readonly string[]): string =>
  `SELECT sum("tries") FROM (SELECT non_negative_difference("${counter}") AS "tries" ` +
  `${recent("jvb", 600, ofPools(pools))} ${BY_MACHINE}) GROUP BY "pool"`;
