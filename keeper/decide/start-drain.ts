import type { Action } from "./action";
import type { Drain, Memory } from "./memory";
import type { KeeperSettings } from "./settings";
import { canCarry, isEmpty, isFresh, isOld, type KnownBridge, type Situation } from "./situation";

interface Start {
  readonly actions: readonly Action[];
  readonly memory: Memory;
  readonly summary: string;
}

interface Allowance {
  /** False while drains are taken back, a bridge is silent, or one that left is still there. */
  readonly mayDrain: boolean;
  /** Whether a renewal is under way: those of the new template stay until all old ones are gone. */
  readonly mayRenew: boolean;
  /** Whether one of an old template may go although there are not too many. */
  readonly renews: boolean;
}

/** Drains one bridge, when there has been one too many for long enough; the one with the fewest calls, and of an old template first. */
export function startDrain(
  situation: Situation,
  settings: KeeperSettings,
  memory: Memory,
  { mayDrain, mayRenew, renews }: Allowance,
): Start {
  const { now, active, load, floor, group, silent, stuck } = situation;
  const stays = (next: Memory, summary: string): Start => ({ actions: [], memory: next, summary });
  const { surplusSince: _, ...withoutSurplus } = memory;
  // It answers, and no Jicofo uses it: nobody needs a successor for that, and it would hold up the others for ever.
  const wreck = silent.find(
    (bridge) => isFresh(bridge, settings) && !bridge.stats.drain && isOld(bridge, group) && isEmpty(bridge),
  );
  if (wreck && active.length > 0)
    return {
      actions: [
        { kind: "drain", bridge: wreck.id, reason: "it was made from an old template, and is in no brewery" },
      ],
      memory: { ...withoutSurplus, drains: { ...memory.drains, [wreck.id]: { since: now, why: "renewal" } } },
      summary: "",
    };
  const others = active.length - 1;
  // From 1 on a bridge has no more to give: nobody knows how much of the load it does not carry.
  const isKnown = active.every(({ stats }) => stats.stress < 1);
  const isOneTooMany = isKnown && others >= Math.max(1, floor) && canCarry(others, load, settings.fullStress);
  if (!mayDrain || !isOneTooMany || group.recommended === undefined) {
    const summary =
      silent.length > 0
        ? `drains none: ${silent.map(({ id }) => id).join(", ")} ${silent.length === 1 ? "does" : "do"} not answer`
        : stuck.length > 0
          ? `drains none: ${stuck.map(({ id }) => id).join(", ")} left long ago, and ${stuck.length === 1 ? "is" : "are"} still there`
          : group.recommended === undefined
            ? "drains none: the autoscaler does not say what it would like"
            : "";
    return stays(withoutSurplus, summary);
  }

  const since = memory.surplusSince ?? now;
  const next: Memory = { ...withoutSurplus, surplusSince: since };
  const isOne = (bridge: KnownBridge) => isOld(bridge, group);
  const isRenewal = renews && active.some(isOne);
  if (!isRenewal && now - since < settings.surplusSeconds)
    return stays(next, "one bridge too many, just now");
  const underWay = Object.values(memory.drains).filter(
    ({ why, emptySince }) => why !== "order" && emptySince === undefined,
  ).length;
  // A call stays with its release, drained or not: the old bridge that is not drained gets whoever joins any old call.
  const isChange =
    isRenewal &&
    group.release !== undefined &&
    active.some(
      ({ template, release }) =>
        isOld({ template }, group) && release !== undefined && release !== group.release,
    );
  if (underWay >= settings.drainsAtOnce && !isChange) return stays(next, `${underWay} drains are under way`);

  const candidates = active.filter(
    (bridge) => bridge.ageSeconds >= settings.protectSeconds && bridge.jicofoEndpoints !== undefined,
  );
  const hasOld = (mayRenew && active.some(isOne)) || candidates.some(isOne);
  const [victim] = (hasOld ? candidates.filter(isOne) : candidates).sort(soonestEmptyFirst);
  if (!victim)
    return stays(next, mayRenew ? "new bridges stay until the renewal is over" : "all bridges are young");
  const why: Drain["why"] = isOne(victim) && renews ? "renewal" : "scale-in";
  const mean = (load / others).toFixed(2);
  const reason =
    why === "renewal"
      ? "it was made from an old template, and a new bridge takes calls"
      : `one too many: the others would be at a mean stress of ${mean}; ${victim.stats.localEndpoints} are on it`;
  return {
    actions: [{ kind: "drain", bridge: victim.id, reason }],
    memory: { ...next, drains: { ...next.drains, [victim.id]: { since: now, why } } },
    summary: "",
  };
}

/**
 * The one that is likely to be empty first. It is when its last call ends, and of few calls the last ends sooner than of
 * many; how many people are in them says less.
 */
const soonestEmptyFirst = (a: KnownBridge, b: KnownBridge): number =>
  a.stats.conferences - b.stats.conferences ||
  a.stats.localEndpoints - b.stats.localEndpoints ||
  b.ageSeconds - a.ageSeconds ||
  (a.id < b.id ? -1 : 1);
