import type { Action } from "./action";
import type { Memory } from "./memory";
import type { KeeperSettings } from "./settings";
import type { Situation } from "./situation";

interface Plan {
  readonly actions: readonly Action[];
  readonly memory: Memory;
  readonly summary: string;
  /** Whether bridges of an old template may be drained now: a new one is well, and one more than needed takes calls. */
  readonly renews: boolean;
}

/**
 * Makes room for a renewal, and takes the room away when it is over. The room is the autoscaler's minimum: raising it
 * adds a machine, and lowering it again removes none, while a size that is set could overtake the autoscaler's own and
 * remove machines of the cloud's choice.
 */
export function planRenewal(situation: Situation, settings: KeeperSettings, memory: Memory): Plan {
  const { now, group, active, old, load, floor, mixed, coming } = situation;
  const { mixedSince: _, ...rest } = memory;
  const next: Memory = mixed ? { ...rest, mixedSince: memory.mixedSince ?? now } : rest;
  const setMin = (min: number, reason: string): Action[] =>
    min === group.min ? [] : [{ kind: "set-min", min, reason }];
  const none = (summary: string): Plan => ({
    actions: group.min > settings.min ? setMin(settings.min, "no renewal is under way") : [],
    memory: next,
    summary,
    renews: false,
  });

  if (old.length === 0) return none("");
  const seconds = renewalSeconds(old.length, settings);
  const changesRelease = old.some(({ release }) => release === undefined || release !== group.release);
  if (changesRelease && !mixed && seconds > settings.mixedSeconds) {
    return none(
      `no renewal: ${old.length} bridges would be mixed with a new release for ${hours(seconds)}, ` +
        `and ${hours(settings.mixedSeconds)} are allowed`,
    );
  }

  const isNewWell = active.some(({ template }) => template === group.template);
  const needed = Math.max(floor, Math.ceil(load / settings.fullStress));
  const renews = isNewWell && active.length > needed;
  const text = `renews ${old.length}`;
  // The autoscaler is about to fill the room that there is.
  const isFilling = coming > 0 || group.min > group.target;
  if (renews || isFilling) return { actions: [], memory: next, summary: text, renews };
  const room = Math.min(group.max, group.target + Math.min(settings.drainsAtOnce, old.length));
  if (room <= group.target)
    return {
      actions: [],
      memory: next,
      summary: `${text}: the group is at its maximum of ${group.max}`,
      renews,
    };
  return {
    actions: room > group.min ? setMin(room, `room for the renewal of ${old.length} bridges`) : [],
    memory: next,
    summary: text,
    renews,
  };
}

/** Longest time that a renewal takes, when whoever is left at the deadline is moved. */
export const renewalSeconds = (
  bridges: number,
  { drainsAtOnce, bootSeconds, drainDeadlineSeconds, settleSeconds, moveAtDeadline }: KeeperSettings,
): number =>
  moveAtDeadline
    ? Math.ceil(bridges / drainsAtOnce) * (bootSeconds + drainDeadlineSeconds + 4 * settleSeconds)
    : Infinity;

const hours = (seconds: number): string =>
  seconds === Infinity
    ? "a time that nobody knows (moveAtDeadline is false)"
    : `${(seconds / 3600).toFixed(1)} hours`;
