import type { Action } from "./action";
import type { Memory } from "./memory";
import type { KeeperSettings } from "./settings";
import { isOld, type Situation } from "./situation";

/** Whether bridges of an old template may give way to new ones. */
export interface RenewalLimits {
  readonly mayRenew: boolean;
  /** Why not, as a sentence; empty when there is nothing to renew. */
  readonly reason: string;
}

/**
 * A renewal that brings another release is not begun when the two would be mixed for too long: bridges of two releases
 * never share a conference. One that has begun, because the group has grown, is brought to its end.
 */
export function renewalLimits({ group, old, mixed }: Situation, settings: KeeperSettings): RenewalLimits {
  if (old.length === 0) return { mayRenew: false, reason: "" };
  const seconds = renewalSeconds(old.length, settings);
  const changesRelease = old.some(({ release }) => release === undefined || release !== group.release);
  if (!changesRelease || mixed || seconds <= settings.mixedSeconds) return { mayRenew: true, reason: "" };
  return {
    mayRenew: false,
    reason:
      `no renewal: ${old.length} bridges would be mixed with a new release for ${hours(seconds)}, ` +
      `and ${hours(settings.mixedSeconds)} are allowed`,
  };
}

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
export function planRenewal(
  situation: Situation,
  settings: KeeperSettings,
  memory: Memory,
  { mayRenew, reason }: RenewalLimits,
): Plan {
  const { now, group, active, old, load, floor, mixed, coming } = situation;
  const { mixedSince: _, ...rest } = memory;
  const next: Memory = mixed ? { ...rest, mixedSince: memory.mixedSince ?? now } : rest;
  if (!mayRenew) {
    const isRoomLeft = group.min > settings.min;
    return {
      actions: isRoomLeft ? [{ kind: "set-min", min: settings.min, reason: "no renewal is under way" }] : [],
      memory: next,
      summary: reason,
      renews: false,
    };
  }

  const isNewWell = active.some((bridge) => !isOld(bridge, group));
  const needed = Math.max(floor, Math.ceil(load / settings.fullStress));
  const renews = isNewWell && active.length > needed;
  const plan = (actions: readonly Action[], summary: string): Plan => ({
    actions,
    memory: next,
    summary,
    renews,
  });
  const text = `renews ${old.length}`;
  // The autoscaler is about to fill the room that there is; and what takes no calls needs nobody in its place.
  const isFilling = coming > 0 || group.min > group.target;
  if (renews || isFilling || !active.some((bridge) => isOld(bridge, group))) return plan([], text);
  const wanted = Math.max(settings.min, group.target + Math.min(settings.drainsAtOnce, old.length));
  const room = Math.min(group.max, wanted);
  if (room <= group.target) return plan([], `${text}: the group is at its maximum of ${group.max}`);
  if (room <= Math.max(group.min, settings.min)) return plan([], text);
  const why = `room for the renewal of ${old.length} ${old.length === 1 ? "bridge" : "bridges"}`;
  return plan([{ kind: "set-min", min: room, reason: why }], text);
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
