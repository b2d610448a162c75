import type { Drain, Memory } from "./memory";
import type { BridgeView, GroupView, Observation } from "./observation";
import type { KeeperSettings } from "./settings";
import { isEmpty, isFresh, isOld } from "./situation";

/** Memory that fits what is seen: nothing in the future, no machine that is gone, every drain that a bridge reports. */
export function refreshMemory(
  o: Observation,
  group: GroupView,
  settings: KeeperSettings,
  memory: Memory,
): Memory {
  const drains: Record<string, Drain> = {};
  for (const bridge of o.bridges) {
    const known = drainOf(bridge, o.now, settings, memory);
    const ordered = o.orders.drain.includes(bridge.id);
    const fresh = isFresh(bridge, settings);
    if (bridge.phase !== "running") continue;
    if (known?.why === "order" && !ordered && known.shutdownAt === undefined) {
      // People give it back, as soon as it hears that.
      if (!fresh) drains[bridge.id] = known;
      continue;
    }
    if (known) drains[bridge.id] = recall(known, bridge, o, settings, ordered);
    else if (ordered) drains[bridge.id] = { since: o.now, why: "order" };
    else if (fresh && (bridge.stats.drain || bridge.stats.shuttingDown)) {
      // Somebody else's, or ours from before the memory was lost.
      const why = isOld(bridge, group) ? "renewal" : "scale-in";
      drains[bridge.id] = { since: o.now, why, ...(bridge.stats.shuttingDown && { shutdownAt: o.now }) };
    }
  }
  const { surplusSince } = memory;
  return {
    drains,
    ...(surplusSince !== undefined && { surplusSince: Math.min(surplusSince, o.now) }),
  };
}

/** A drain older than the machine was that of another one: a group makes machines anew under their names. */
function drainOf(
  { id, ageSeconds }: BridgeView,
  now: number,
  { staleSeconds }: KeeperSettings,
  { drains }: Memory,
): Drain | undefined {
  const drain = drains[id];
  return drain && now - drain.since <= ageSeconds + staleSeconds ? drain : undefined;
}

function recall(
  drain: Drain,
  bridge: BridgeView,
  { now }: Observation,
  settings: KeeperSettings,
  ordered: boolean,
): Drain {
  const { emptySince, movedAt, shutdownAt, ...rest } = drain;
  const past = (time: number) => Math.min(time, now);
  const fresh = isFresh(bridge, settings);
  // It says that it is not leaving: the order never arrived, or its program began anew.
  const refused =
    shutdownAt !== undefined &&
    fresh &&
    !bridge.stats.shuttingDown &&
    now - shutdownAt > settings.settleSeconds;
  const leaves = shutdownAt !== undefined && !refused;
  const isNobodyThere = fresh && (bridge.stats.drain || bridge.stats.shuttingDown) && isEmpty(bridge);
  return {
    ...rest,
    // The time that people had it drained for is not held against the calls on it.
    since: drain.why === "order" && !ordered ? now : past(drain.since),
    why: ordered ? "order" : drain.why === "order" ? "scale-in" : drain.why,
    ...(isNobodyThere && { emptySince: past(emptySince ?? now) }),
    ...(movedAt !== undefined && { movedAt: past(movedAt) }),
    ...(leaves && { shutdownAt: past(shutdownAt) }),
    ...(!leaves && fresh && bridge.stats.shuttingDown && { shutdownAt: now }),
  };
}
