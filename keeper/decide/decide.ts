import type { Action, Decision } from "./action";
import type { Memory } from "./memory";
import type { Observation } from "./observation";
import { planRemovals } from "./plan-removals";
import { planRenewal, renewalLimits } from "./plan-renewal";
import { refreshMemory } from "./refresh-memory";
import type { KeeperSettings } from "./settings";
import { isFresh, type Situation, situationOf } from "./situation";
import { startDrain } from "./start-drain";
import { takeBack } from "./take-back";

/**
 * What a keeper does next with one pool. Pure: the same arguments give the same answer, and nothing else counts.
 *
 * What it holds to, whatever it sees: nobody's call is cut (a machine is deleted only after its bridge was told to leave,
 * and bridge and Jicofo count nobody on it, the bridge by its last word where it has left already); the group never gets smaller
 * than the data's minimum; data that is missing or stale counts for nothing; load that returns takes drains back first.
 */
export function decide(observation: Observation, settings: KeeperSettings, memory: Memory): Decision {
  const { group, orders: told } = observation;
  if (!group) return { actions: [], memory, summary: "waits: Compute Engine does not answer" };

  const before = refreshMemory(observation, group, settings, memory);
  const situation = situationOf(observation, group, settings, before);
  if (told.paused) return pause(situation, before);

  const back = takeBack(situation, settings, before);
  const given = giveBack(observation, settings, memory, before);
  const orders = followOrders(observation, settings, back.memory);
  const isGrowing = back.actions.length + given.length > 0;
  // Who is drained can still take calls again; who was told to leave, and is not let go, holds a place for nothing.
  const isHeld = isGrowing || situation.silent.length > 0 || situation.stuck.length > 0;
  const limits = renewalLimits(situation, settings);
  const removals = planRemovals(situation, settings, back.memory, {
    isHeld,
    mayRenew: limits.mayRenew,
  });
  const renewal = planRenewal(situation, settings, limits);
  const start = startDrain(situation, settings, removals.memory, {
    mayDrain: !isHeld,
    mayRenew: limits.mayRenew,
    renews: renewal.renews,
  });
  return {
    actions: [
      ...given,
      ...back.actions,
      ...orders,
      ...removals.actions,
      ...renewal.actions,
      ...start.actions,
    ],
    memory: start.memory,
    summary: [removals.summary, renewal.summary, start.summary].filter((text) => text !== "").join("; "),
  };
}

/**
 * Who pauses a keeper wants no surprise, and no bridge that is missing: whatever can take calls takes them, and no deadline
 * runs on meanwhile.
 */
function pause({ drained }: Situation, memory: Memory): Decision {
  const { surplusSince: _, ...rest } = memory;
  const left = Object.entries(memory.drains).filter(([id]) => !drained.some((bridge) => bridge.id === id));
  return {
    actions: drained.map(({ id }) => ({ kind: "undrain", bridge: id, reason: "somebody paused the keeper" })),
    memory: { ...rest, drains: Object.fromEntries(left) },
    summary: "paused: somebody ordered it",
  };
}

/** Bridges that people do not keep any more. */
const giveBack = (
  { bridges }: Observation,
  settings: KeeperSettings,
  memory: Memory,
  next: Memory,
): Action[] =>
  bridges
    .filter(({ id }) => memory.drains[id]?.why === "order" && !next.drains[id])
    .filter((bridge) => isFresh(bridge, settings) && bridge.stats.drain && !bridge.stats.shuttingDown)
    .map(({ id }) => ({ kind: "undrain", bridge: id, reason: "people took their order back" }));

/** What people told, and drains that a bridge does not know of: its program began anew, or the call got lost. */
function followOrders(
  { bridges, orders, now }: Observation,
  settings: KeeperSettings,
  memory: Memory,
): Action[] {
  return bridges.flatMap((bridge): Action[] => {
    const drain = memory.drains[bridge.id];
    if (!drain || drain.shutdownAt !== undefined || !isFresh(bridge, settings) || bridge.stats.drain)
      return [];
    const ordered = orders.drain.includes(bridge.id);
    if (!ordered && now - drain.since < settings.settleSeconds) return [];
    const reason = ordered ? "people ordered it" : "it takes calls, although it was drained";
    return [{ kind: "drain", bridge: bridge.id, reason }];
  });
}
