import type { Action } from "./action";
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
  { mayRenew, reason }: RenewalLimits,
): Plan {
  const { group, active, old, load, floor, coming, silent, kept } = situation;
  // A machine that people keep is one of the group, and none of those that take calls: the autoscaler must not count on it.
  const least = Math.max(settings.min, Math.min(group.max, settings.min + kept));
  // Lower than the data's: this keeper set it while its file was older, or somebody else. The cloud takes none above max.
  const isLow = group.min < least && least <= group.max;
  // Once no old one takes calls, each has its successor; more room would only be filled again as they go.
  const isOver = !active.some((bridge) => isOld(bridge, group));
  if (!mayRenew || isLow || isOver) {
    const isRoomLeft = group.min > least;
    const why = isLow
      ? `the minimum is ${settings.min}, beside ${kept} that people keep out of use`
      : "no renewal needs room";
    return {
      actions: isRoomLeft || isLow ? [{ kind: "set-min", min: least, reason: why }] : [],
      summary: reason || (old.length > 0 ? `renews ${old.length}` : ""),
      renews: false,
    };
  }

  const isNewWell = active.some((bridge) => !isOld(bridge, group));
  const needed = Math.max(floor, Math.ceil(load / settings.fullStress));
  const renews = isNewWell && active.length > needed;
  const plan = (actions: readonly Action[], summary: string): Plan => ({
    actions,
    summary,
    renews,
  });
  const text = `renews ${old.length}`;
  // The autoscaler is about to fill the room that there is, or did so with machines that do not get well.
  const isFilling = coming > 0 || group.min > group.target || silent.some((bridge) => !isOld(bridge, group));
  if (renews || isFilling) return plan([], text);
  const wanted = Math.max(least, group.target + Math.min(settings.drainsAtOnce, old.length));
  const room = Math.min(group.max, wanted);
  if (room <= group.target) return plan([], `${text}: the group is at its maximum of ${group.max}`);
  if (room <= Math.max(group.min, least)) return plan([], text);
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
