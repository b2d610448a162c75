import { bridgesForBurst, headroomPerBridge, joinsUntilNewBridge, secondsToNewBridge } from "../capacity";
import type { GcpPool } from "../fleet";
import { fullestStress } from "../fullest-stress";
import type { Problem } from "../problem";
import { bridgeMachine } from "./bridge-machine";
import { atPool } from "./entity-ref";
import type { Rule } from "./rule";

/** Seconds until the autoscaler acts on a schedule that begins: its own loop. */
const SCHEDULE_LAG_SECONDS = 60;

/**
 * Warns when the steepest rise that callers are promised outruns the growth of a pool: the bridges that already run
 * must carry everybody who joins until another one is up. What is promised at any time is carried by size.min alone, for
 * a schedule's bridges are there only while it runs. Bridges that the keeper drains are no reserve: those that take calls
 * may all be at targetStress (or at targetCpu, if that comes first) before another one is added, or at its fullStress where
 * that is more.
 */
export const checkBurst: Rule = ({ pools, catalog }) =>
  pools.flatMap((pool) => {
    if (pool.cloud !== "gcp") return [];
    const vcpus = bridgeMachine(pool, catalog).size?.vcpus;
    if (vcpus === undefined) return [];
    return [atAnyTime(pool, vcpus), ...whileSchedulesRun(pool, vcpus)].flatMap((fault) => fault ?? []);
  });

function atAnyTime(pool: GcpPool, vcpus: number): Problem | undefined {
  const { burstJoinsPerMinute } = pool.scaling;
  if (burstJoinsPerMinute === undefined) return undefined;
  const burst = outrun(pool, vcpus, burstJoinsPerMinute, pool.size.min);
  if (!burst) return undefined;
  return warning(
    pool,
    ["scaling", "burstJoinsPerMinute"],
    `${burst.text}; raise size.min to ${burst.needed}${burst.ceiling}; or ` +
      `${bySchedule(pool, burstJoinsPerMinute, burst)}; or use a larger machineType`,
  );
}

/** Which schedule would do, where the rush comes at a known time. */
function bySchedule({ scaling }: GcpPool, joinsPerMinute: number, { needed, ceiling }: Outrun): string {
  const lower = "lower scaling's own to what comes at any time";
  // The one that is nearest to enough.
  const [best] = Object.entries(scaling.schedules).sort(([, a], [, b]) => b.minBridges - a.minBridges);
  if (!best) {
    const early = Math.ceil((SCHEDULE_LAG_SECONDS + scaling.bootSeconds) / 60);
    return (
      `for a rush at a known time add a schedule with minBridges ${needed}${ceiling} and burstJoinsPerMinute ` +
      `${joinsPerMinute} that starts ${early} minutes before it, and ${lower}`
    );
  }
  const [, { minBridges, burstJoinsPerMinute }] = best;
  if (burstJoinsPerMinute !== undefined)
    return `lower it to what comes outside of schedule ${shown(best)}, which has its own`;
  const raised =
    minBridges >= needed
      ? `whose ${minBridges} bridges are enough, write`
      : `raise its minBridges from ${minBridges} to ${needed}${ceiling}, write`;
  return `if they come only while schedule ${shown(best)} runs, ${raised} burstJoinsPerMinute there, and ${lower}`;
}

const whileSchedulesRun = (pool: GcpPool, vcpus: number): (Problem | undefined)[] =>
  Object.entries(pool.scaling.schedules).map((schedule) => {
    const [name, { burstJoinsPerMinute, minBridges }] = schedule;
    if (burstJoinsPerMinute === undefined) return undefined;
    const burst = outrun(pool, vcpus, burstJoinsPerMinute, Math.max(pool.size.min, minBridges));
    if (!burst) return undefined;
    return warning(
      pool,
      ["scaling", "schedules", name, "burstJoinsPerMinute"],
      `while schedule ${shown(schedule)} runs, ${burst.text}; raise its minBridges from ${minBridges} to ` +
        `${burst.needed}${burst.ceiling}, or use a larger machineType`,
    );
  });

interface Outrun {
  /** What happens. */
  readonly text: string;
  /** Bridges that would do. */
  readonly needed: number;
  /** That size.max has to rise for them; empty when it need not. */
  readonly ceiling: string;
}

/** How a burst outruns so many bridges; undefined when they carry it. */
function outrun(
  { bridge, keeper, scaling, size }: GcpPool,
  vcpus: number,
  joinsPerMinute: number,
  running: number,
): Outrun | undefined {
  const { bootSeconds } = scaling;
  const { stress, named } = fullestStress({ bridge, keeper, scaling });
  const shape = { vcpus, load: bridge.load, stress };
  const needed = bridgesForBurst(shape, joinsPerMinute, bootSeconds);
  if (running >= needed) return undefined;
  const joins = joinsUntilNewBridge(joinsPerMinute, bootSeconds);
  const room = Math.floor(headroomPerBridge(shape) * running);
  const [bridges, have] = running === 1 ? ["bridge", "has"] : ["bridges", "have"];
  return {
    text:
      `${joinsPerMinute} joins a minute outrun the pool: ${joins} people join in the ` +
      `${secondsToNewBridge(bootSeconds)} s until another bridge takes calls, and ${running} ${bridges} at ` +
      `${named} ${have} room for ${room}`,
    needed,
    ceiling: needed > size.max ? ` (and size.max to ${needed} or more)` : "",
  };
}

/** `morning (45 7 * * MON-FRI, 60 minutes)` */
const shown = ([name, { start, durationMinutes }]: [
  string,
  GcpPool["scaling"]["schedules"][string],
]): string => `${name} (${start}, ${durationMinutes} minutes)`;

const warning = (pool: GcpPool, path: readonly string[], message: string): Problem => ({
  at: atPool(pool),
  path,
  message,
  severity: "warning",
});
