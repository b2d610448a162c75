import { cronProblem } from "../cron-problem";
import type { GcpPool } from "../fleet";
import type { Problem } from "../problem";
import { quoted } from "../quoted";
import { timeZoneProblem } from "../time-zone-problem";
import { atPool } from "./entity-ref";
import type { Rule } from "./rule";

/** Schedules begin at times that exist, in time zones that exist, and lift the pool between its bounds. */
export const checkSchedules: Rule = ({ pools }) => {
  const zones = new Map<string, string | undefined>();
  const zoneProblem = (zone: string): string | undefined => {
    if (!zones.has(zone)) zones.set(zone, timeZoneProblem(zone));
    return zones.get(zone);
  };
  return pools.flatMap((pool) =>
    pool.cloud === "gcp"
      ? Object.keys(pool.scaling.schedules).flatMap((name) => checkSchedule(pool, name, zoneProblem))
      : [],
  );
};

function checkSchedule(pool: GcpPool, name: string, zoneProblem: typeof timeZoneProblem): Problem[] {
  const { start, minBridges, timeZone } = pool.scaling.schedules[name]!;
  const { min, max } = pool.size;
  const at = atPool(pool);
  const path = ["scaling", "schedules", name];
  const problems: Problem[] = [];

  const cron = cronProblem(start);
  if (cron !== undefined) {
    problems.push({
      at,
      path: [...path, "start"],
      message: `${quoted(start)} never begins: ${cron}; write it like "45 7 * * MON-FRI"`,
    });
  }
  const zone = zoneProblem(timeZone);
  if (zone !== undefined) problems.push({ at, path: [...path, "timeZone"], message: zone });
  if (minBridges > max) {
    problems.push({
      at,
      path: [...path, "minBridges"],
      message: `${minBridges} is more than size.max; allowed: at most ${max}; lower it, or raise size.max`,
    });
  } else if (minBridges <= min && min <= max) {
    const [bounds, wayOut] =
      min < max
        ? ["size.min is", `useful: ${min + 1} to ${max}; raise it, or remove the schedule`]
        : ["size.min and size.max are", "useful: none; raise size.max, or remove the schedule"];
    problems.push({
      at,
      path: [...path, "minBridges"],
      message: `${minBridges} changes nothing, because ${bounds} ${min}; ${wayOut}`,
      severity: "warning",
    });
  }
  return problems;
}
