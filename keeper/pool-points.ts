import type { KeeperPool } from "../model/keeper-file";
import type { Point } from "./clients/points";
import type { Action } from "./decide/action";
import type { Memory } from "./decide/memory";
import type { GroupView } from "./decide/observation";
import { wordsOf } from "./decision-log";

/** What the keeper saw and wants, of each round (`keeper` in `model/measurements.ts`). @param time Unix time in seconds */
export const groupPoint = (
  pool: Pick<KeeperPool, "pool" | "tags">,
  { target, recommended, min, max }: GroupView,
  { drains }: Memory,
  time: number,
): Point => ({
  measurement: "keeper",
  tags: { ...pool.tags, pool: pool.pool },
  fields: { size: target, recommended_size: recommended, min, max, draining: Object.keys(drains).length },
  time,
});

/** A decision that was carried out (`keeper_decision` in `model/measurements.ts`). @param time Unix time in seconds */
export function decisionPoint(pool: Pick<KeeperPool, "pool" | "tags">, action: Action, time: number): Point {
  const { kind, reason, bridge } = wordsOf(action);
  return {
    measurement: "keeper_decision",
    tags: { ...pool.tags, pool: pool.pool, action: kind },
    fields: { reason, bridge },
    time,
  };
}
