import { cronProblem } from "../cron-problem";
import type { GcpPool } from "../fleet";
import type { Problem } from "../problem";
import { quoted } from "../quoted";
import { atPool } from "./entity-ref";
import type { Rule } from "./rule";

/** Schedules begin at times that exist and lift the pool between its bounds. */
export const checkSchedules: Rule = ({ pools }) =>
  pools.flatMap((pool) =>
    pool.cloud === "gcp"
      ? Object.keys(pool.scaling.schedules).flatMap((name) => checkSchedule(pool, name))
      : [],
  );

function checkSchedule(pool: GcpPool, name: string): Problem[] {
  const { start, minBridges } = pool.scaling.schedules[name]!;
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
  if (minBridges > max) {
    problems.push({
      at,
      path: [...path, "minBridges"],
      message: `${minBridges} is more than size.max; allowed: at most ${max}; lower it, or raise size.max`,
    });
  } else if (minBridges <= min) {
    problems.push({
      at,
      path: [...path, "minBridges"],
      message:
        `${minBridges} changes nothing, because size.min is ${min}; useful: ${min + 1} to ${max}; ` +
        "raise it, or remove the schedule",
      severity: "warning",
    });
  }
  return problems;
}
