import { OVERLOAD_STRESS, secondsToNewBridge } from "../../model/capacity";
import type { GcpPool, LinodePool, Pool } from "../../model/fleet";
import { hasKeeper } from "../../model/keeper-pools";
import { poolTag } from "../../model/telemetry";
import { type Alert, BY_MACHINE, ofPools, recent } from "./alert";

const COVERED = { coveredBy: ["pool-silent"] } as const;

/** A bridge says something every 10 seconds; one that said nothing for so long is not there. */
const PRESENT_SECONDS = 120;

/** What is watched of a pool, with its own numbers. A pool is watched by its home, so that nobody is called twice. */
export const poolAlerts = (pool: Pool): Alert[] => [
  silent(pool),
  missing(pool),
  overloaded(pool),
  ...(pool.cloud === "gcp" ? growing(pool) : []),
];

const growing = (pool: GcpPool): Alert[] => [
  stressAboveTarget(pool),
  bootSlow(pool),
  ...(hasKeeper(pool) ? [keeperSilent(pool)] : []),
  // Else it is always there.
  ...(pool.size.min < pool.size.max ? [atMaximum(pool)] : []),
];

const minutes = (seconds: number): number => Math.ceil(seconds / 60);

/** The last of each bridge: `SELECT … FROM (SELECT last("healthy") AS "healthy" … GROUP BY instance)`. */
const lastOfEach = (pool: Pool, what: string): string =>
  `(SELECT ${what} ${recent("jvb", PRESENT_SECONDS, ofPools([poolTag(pool)]))} ${BY_MACHINE})`;

const silent = (pool: Pool): Alert => ({
  kind: "pool-silent",
  pool: poolTag(pool),
  title: `No data from pool ${poolTag(pool)}`,
  severity: "critical",
  means: `No bridge of pool ${pool.id} has reported for minutes: either its calls are cut, or nobody would notice if they were.`,
  queries: { A: `SELECT count("healthy") ${recent("jvb", 180, ofPools([poolTag(pool)]))}` },
  threshold: { below: 1 },
  lookBackSeconds: 180,
  forMinutes: 2,
  silence: "alarm",
});

/** Bridges that shall be there, and of these, those that shall take calls. */
const expected = (pool: GcpPool | LinodePool): { readonly there: number; readonly active: number } =>
  pool.cloud === "gcp"
    ? { there: pool.size.min, active: pool.size.min }
    : { there: pool.size, active: pool.size - pool.draining };

/**
 * A bridge that is drained for a deploy is still there, and one that shall drain may go: so it is missing only when
 * fewer than all are there and fewer than those that shall take calls do.
 */
function missing(pool: Pool): Alert {
  const { there, active } = expected(pool);
  return {
    kind: "bridges-missing",
    pool: poolTag(pool),
    title: `Pool ${poolTag(pool)} has fewer healthy bridges than it should`,
    severity: "warning",
    means: `Pool ${pool.id} has fewer than its ${active} bridges that take calls: the others carry more, and callers may be sent to another region.`,
    queries: {
      A: `SELECT sum("active") FROM ${lastOfEach(pool, 'last("healthy") * (1 - last("drain")) AS "active"')}`,
      B: `SELECT sum("there") FROM ${lastOfEach(pool, 'last("healthy") AS "there"')}`,
    },
    math: `($A1 < ${active}) && ($B1 < ${there})`,
    threshold: { above: 0 },
    lookBackSeconds: PRESENT_SECONDS,
    // The group makes a new machine by itself.
    forMinutes: 5 + (pool.cloud === "gcp" ? minutes(pool.scaling.bootSeconds) : 0),
    silence: COVERED,
  };
}

/** Mean stress of those that take calls. */
const meanStress = (pool: Pool): string =>
  `SELECT mean("stress") FROM (SELECT mean("stress_level") AS "stress" ` +
  `${recent("jvb", 120, ofPools([poolTag(pool)]), '"drain" = 0')} ${BY_MACHINE})`;

const overloaded = (pool: Pool): Alert => ({
  kind: "pool-overloaded",
  pool: poolTag(pool),
  title: `The bridges of pool ${poolTag(pool)} are overloaded`,
  severity: "critical",
  means: `The bridges of pool ${pool.id} are so loaded that Jicofo avoids them (stress ${OVERLOAD_STRESS} and more): pictures freeze, and callers who join are sent elsewhere.`,
  queries: { A: meanStress(pool) },
  threshold: { above: OVERLOAD_STRESS },
  lookBackSeconds: 120,
  forMinutes: 3,
  silence: COVERED,
});

const stressAboveTarget = (pool: GcpPool): Alert => ({
  kind: "stress-above-target",
  pool: poolTag(pool),
  title: `Pool ${poolTag(pool)} does not grow as fast as its load`,
  severity: "warning",
  means: `Stress of pool ${pool.id} is above its target of ${pool.scaling.targetStress} for longer than a new bridge needs: calls still work, and the next joins may overload the bridges.`,
  queries: { A: meanStress(pool) },
  threshold: { above: pool.scaling.targetStress },
  lookBackSeconds: 120,
  // The metric's way to the autoscaler and the boot, and a minute to come down.
  forMinutes: minutes(secondsToNewBridge(pool.scaling.bootSeconds)) + 1,
  silence: COVERED,
});

const atMaximum = (pool: GcpPool): Alert => ({
  kind: "pool-at-maximum",
  pool: poolTag(pool),
  title: `Pool ${poolTag(pool)} is at its maximum of ${pool.size.max} bridges`,
  severity: "warning",
  means: `Pool ${pool.id} has ${pool.size.max} bridges and grows no more: calls still work, and more callers than these bridges carry would not.`,
  queries: { A: `SELECT count("there") FROM ${lastOfEach(pool, 'last("healthy") AS "there"')}` },
  threshold: { above: pool.size.max - 1 },
  lookBackSeconds: PRESENT_SECONDS,
  forMinutes: 5,
  silence: COVERED,
});

const bootSlow = (pool: GcpPool): Alert => ({
  kind: "boot-slow",
  pool: poolTag(pool),
  title: `Bridges of pool ${poolTag(pool)} boot more slowly than its autoscaler assumes`,
  severity: "warning",
  means: `New bridges of pool ${pool.id} need more than scaling.bootSeconds (${pool.scaling.bootSeconds}) on average: help comes later than planned when many join at once.`,
  queries: {
    // What the machines that run now needed; those that were only rebooted do not count.
    A:
      `SELECT mean("seconds") FROM (SELECT last("seconds") AS "seconds" ` +
      `${recent("fleet_boot", 600, ofPools([poolTag(pool)]), '"first_boot" = 1')} ${BY_MACHINE})`,
  },
  threshold: { above: pool.scaling.bootSeconds },
  lookBackSeconds: 600,
  forMinutes: 5,
  silence: COVERED,
});

/** A keeper says something every 30 seconds, whatever it can see. */
const keeperSilent = (pool: GcpPool): Alert => ({
  kind: "keeper-silent",
  pool: poolTag(pool),
  title: `Nothing is heard of the keeper of pool ${poolTag(pool)}`,
  severity: "warning",
  means: `Bridges of pool ${pool.id} are neither removed nor renewed: calls are fine, and the bill grows with every peak.`,
  queries: {
    A: `SELECT count("there") FROM ${lastOfEach(pool, 'last("healthy") AS "there"')}`,
    B: `SELECT count("size") ${recent("keeper", 300, ofPools([poolTag(pool)]))}`,
  },
  threshold: { missing: "B" },
  lookBackSeconds: 300,
  // It is away for moments when it is deployed.
  forMinutes: 1,
  silence: COVERED,
});
