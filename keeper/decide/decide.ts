import type { Action, Decision } from "./action";
import type { Memory } from "./memory";
import type { Observation } from "./observation";
import { planRemovals } from "./plan-removals";
import { planRenewal, renewalLimits } from "./plan-renewal";
import type { KeeperSettings } from "./settings";
import { isFresh, refresh, situationOf } from "./situation";
import { startDrain } from "./start-drain";
import { takeBack } from "./take-back";

/**
 * What a keeper does next with one pool. Pure: the same arguments give the same answer, and nothing else counts.
 *
 * What it holds to, whatever it sees: nobody's call is cut (a machine is deleted only after its bridge was told to leave,
 * and bridge and Jicofo count nobody on it, or it is down and Jicofo knows nobody on it); the group never gets smaller
 * than the data's minimum; data that is missing or stale counts for nothing; load that returns takes drains back first.
 */
export function decide(observation: Observation, settings: KeeperSettings, memory: Memory): Decision {
  if (observation.orders.paused) return { actions: [], memory, summary: "paused: somebody ordered it" };
  const { group } = observation;
  if (!group) return { actions: [], memory, summary: "waits: Compute Engine does not answer" };

  const before = refresh(observation, group, settings, memory);
  const situation = situationOf(observation, group, settings, before);

  const back = takeBack(situation, settings, before);
  const orders = followOrders(observation, settings, back.memory);
  const limits = renewalLimits(situation, settings);
  const removals = planRemovals(situation, settings, back.memory, {
    isGrowing: back.actions.length > 0,
    mayRenew: limits.mayRenew,
  });
  const renewal = planRenewal(situation, settings, removals.memory, limits);
  const start = startDrain(situation, settings, renewal.memory, {
    mayDrain: back.actions.length === 0 && situation.silent.length === 0,
    mayRenew: limits.mayRenew,
    renews: renewal.renews,
  });
  return {
    actions: [...orders, ...back.actions, ...removals.actions, ...renewal.actions, ...start.actions],
    memory: start.memory,
    summary: [removals.summary, renewal.summary, start.summary].filter((text) => text !== "").join("; "),
  };
}

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
