import type { StoredObject } from "./clients/object-store";
import type { Clock } from "./clock";
import { EMPTY_MEMORY, type Memory } from "./decide/memory";
import type { LogFields, Severity } from "./log";
import { type KeeperState, shifted } from "./state";

/** Clocks of two processes that differ by less are the same: Cloud Storage tells whole seconds. */
const TOLERANCE_SECONDS = 5;

export interface TakeOver {
  readonly memory: Memory;
  /** What is to be logged once Cloud Storage took the first write. */
  readonly events: readonly (readonly [Severity, string, LogFields])[];
}

/**
 * The memory that a process goes on with when it takes over, by its own clock: how long ago the state was written is
 * told by Cloud Storage, so a drain grows no older when the machine's clock was set, or the other machine's is wrong.
 *
 * @param state as it was parsed: a sentence when it is damaged, undefined when there is none
 */
export function takeOver(
  { ageSeconds }: Pick<StoredObject, "ageSeconds">,
  state: KeeperState | string | undefined,
  clock: Pick<Clock, "now">,
): TakeOver {
  const from = typeof state === "object" && state.holder !== "" ? state.holder : "nobody";
  const event = ["NOTICE", "takes-over", { from }] as const;
  if (state === undefined) return { memory: EMPTY_MEMORY, events: [event] };
  if (typeof state === "string") {
    const damage = ["ERROR", "state-damaged", { problem: `${state}; the keeper begins anew` }] as const;
    return { memory: EMPTY_MEMORY, events: [event, damage] };
  }
  const difference = ageSeconds === undefined ? 0 : clock.now() - (state.now + ageSeconds);
  if (Math.abs(difference) <= TOLERANCE_SECONDS) return { memory: state.memory, events: [event] };
  const shift = ["WARNING", "clock-differs", { seconds: Number(difference.toFixed(1)) }] as const;
  return { memory: shifted(state.memory, difference), events: [event, shift] };
}
