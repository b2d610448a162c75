import type { Fleet } from "../model/fleet";
import { bridgesStackId } from "../model/names";
import type { RolloutStack } from "./fleet-stacks";

/** A stack that must not go, and what needs it. */
export interface StillNeeded {
  readonly stack: string;
  /** Stacks that nobody named. */
  readonly by: readonly string[];
}

/** Stacks to be destroyed that others, which stay, still need. */
export function stillNeeded(
  stacks: ReadonlyMap<string, RolloutStack>,
  destroyed: ReadonlySet<string>,
): StillNeeded[] {
  const staying = [...stacks.values()].filter(({ id }) => !destroyed.has(id));
  return [...destroyed]
    .map((stack) => ({ stack, by: staying.filter(({ needs }) => needs.includes(stack)).map(({ id }) => id) }))
    .filter(({ by }) => by.length > 0);
}

/** A pool to be destroyed on which calls may be, and how the data can say that there are none. */
export interface MayHaveCalls {
  readonly stack: string;
  readonly reason: string;
}

/** Pools of which the data do not say that they are empty. */
export function poolsWithCalls(fleet: Fleet, destroyed: ReadonlySet<string>): MayHaveCalls[] {
  return fleet.pools
    .filter((pool) => destroyed.has(bridgesStackId(pool)))
    .flatMap((pool): MayHaveCalls[] => {
      const stack = bridgesStackId(pool);
      if (pool.cloud === "gcp")
        return [
          {
            stack,
            reason: `its size is ${pool.size.min} to ${pool.size.max}, and nothing in its file drains bridges on Google Cloud`,
          },
        ];
      if (pool.draining >= pool.size) return [];
      return [{ stack, reason: `${pool.size - pool.draining} of its ${pool.size} bridges still take calls` }];
    });
}
