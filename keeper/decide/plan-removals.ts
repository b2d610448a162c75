import type { Action } from "./action";
import type { Drain, Memory } from "./memory";
import type { KeeperSettings } from "./settings";
import {
  canCarry,
  type DrainedBridge,
  type DyingBridge,
  isEmpty,
  isFresh,
  isOld,
  type Situation,
} from "./situation";

interface Plan {
  readonly actions: readonly Action[];
  readonly memory: Memory;
  readonly summary: string;
}

interface Circumstances {
  /** While drains are taken back, a bridge is silent, or one that left is still there, none goes further. */
  readonly isHeld: boolean;
  readonly mayRenew: boolean;
}

/**
 * The way of a drained bridge out of the group:
 *
 *   drained --nobody on it--> shutdown (graceful) --> delete
 *      '--deadline--> move --still somebody--> shutdown (forced) --> delete
 *
 * One of an old template goes whatever the autoscaler would like, if the load can do without: it makes a new one.
 */
export function planRemovals(
  situation: Situation,
  settings: KeeperSettings,
  memory: Memory,
  { isHeld, mayRenew }: Circumstances,
): Plan {
  const { now, group, active, dying, drained, floor, load } = situation;
  const actions: Action[] = [];
  const drains = new Map(Object.entries(memory.drains));

  let { target } = group;
  for (const bridge of dying) {
    if (bridge.drain.why === "order" || !isGone(bridge, settings)) continue;
    if (target - 1 < settings.min) {
      // It stays in the group; a health check finds it down and makes it anew.
      drains.delete(bridge.id);
      continue;
    }
    target -= 1;
    actions.push({ kind: "delete", bridge: bridge.id, reason: leftBecause(bridge.drain) });
  }

  // Those that were told to leave are as good as gone; who is being made, silent or kept by people carries nothing new.
  let size = group.target - dying.length;
  let able = active.length + drained.filter(({ stats }) => stats.ready).length;
  const waiting = dying.filter((bridge) => !isGone(bridge, settings)).map(({ id }) => `${id} leaves`);
  for (const bridge of isHeld ? [] : [...drained].sort(emptyAndOldestFirst)) {
    if (!drains.has(bridge.id)) continue; // taken back in this round
    const isRenewal = mayRenew && isOld(bridge, group);
    const wished = Math.max(group.min - situation.kept, group.recommended ?? Infinity);
    const needed = Math.max(floor, isRenewal ? Math.ceil(load / settings.fullStress) : wished);
    // A wreck (start-drain.ts) carries nothing. Where the group cannot do without it, it is made anew.
    const isWreck = isOld(bridge, group) && !bridge.stats.ready;
    if (!isWreck && Math.min(size, able) - 1 < needed) {
      waiting.push(`${bridge.id} stays in reserve`);
      continue;
    }
    const step = nextStep(bridge, situation, settings);
    // Who is empty, or is being moved, goes next: nobody is moved for a place that is taken.
    const goesNext = bridge.drain.emptySince !== undefined || bridge.drain.movedAt !== undefined;
    if (typeof step !== "string" || goesNext) [size, able] = [size - 1, able - (isWreck ? 0 : 1)];
    if (typeof step === "string") {
      waiting.push(step);
      continue;
    }
    actions.push(step);
    const isMove = step.kind === "move";
    drains.set(bridge.id, { ...bridge.drain, ...(isMove ? { movedAt: now } : { shutdownAt: now }) });
  }
  return { actions, memory: { ...memory, drains: Object.fromEntries(drains) }, summary: waiting.join(", ") };
}

const emptyAndOldestFirst = (a: DrainedBridge, b: DrainedBridge): number =>
  Number(a.drain.emptySince === undefined) - Number(b.drain.emptySince === undefined) ||
  a.drain.since - b.drain.since ||
  (a.id < b.id ? -1 : 1);

const leftBecause = ({ why }: Drain): string =>
  why === "renewal"
    ? "nobody is on it; it was made from an old template"
    : "nobody is on it, and it is one too many";

/**
 * Told to leave, and nobody on it: by both, or by Jicofo where the bridge's program does not run any more. One that merely
 * does not answer may have people on it of whom this Jicofo knows nothing: another customer's, or because the order to leave
 * never arrived.
 */
const isGone = (bridge: DyingBridge, settings: KeeperSettings): boolean =>
  isFresh(bridge, settings)
    ? bridge.stats.shuttingDown && isEmpty(bridge)
    : bridge.isDown && bridge.jicofoEndpoints === 0;

function nextStep(
  bridge: DrainedBridge,
  { now, active, load }: Situation,
  settings: KeeperSettings,
): Action | string {
  const { drain, stats, id } = bridge;
  const people = Math.max(stats.localEndpoints, bridge.jicofoEndpoints ?? 0);
  const { settleSeconds, drainDeadlineSeconds, moveAtDeadline, fullStress } = settings;
  if (!stats.drain || now - drain.since < settleSeconds || bridge.jicofoEndpoints === undefined)
    return `${id} has just been drained`;
  if (drain.emptySince !== undefined) {
    if (now - drain.emptySince < settleSeconds) return `${id} is empty`;
    return { kind: "shutdown", bridge: id, forced: false, reason: "nobody is on it" };
  }

  const drainedFor = now - drain.since;
  const isFew = people <= settings.moveEarlyBelow && drainedFor >= settings.moveEarlySeconds;
  if (!moveAtDeadline || (drainedFor < drainDeadlineSeconds && !isFew)) return `${id} waits for ${people}`;
  if (!stats.ready) return `${id}: nobody would move its ${people}, it is not in every brewery`;
  const takers = active.filter((other) => other.id !== id);
  if (takers.length === 0 || !canCarry(takers.length, load, fullStress))
    return `${id}: nobody could take its ${people}`;
  const since = `${Math.round(drainedFor / 60)} minutes after its drain`;
  if (drain.movedAt === undefined)
    return { kind: "move", bridge: id, reason: `${people} are still on it ${since}` };
  if (now - drain.movedAt < settleSeconds) return `${id}: ${people} are being moved`;
  return { kind: "shutdown", bridge: id, forced: true, reason: `${people} did not move ${since}` };
}
