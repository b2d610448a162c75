import type { Drain, Memory } from "./memory";
import type { BridgeStats, BridgeView, GroupView, Observation } from "./observation";
import type { KeeperSettings } from "./settings";

/** A bridge that answers, with what it says. */
export interface KnownBridge extends BridgeView {
  readonly stats: BridgeStats;
}

/** An observation, sorted out: who takes calls, who is drained, how much there is to carry. */
export interface Situation {
  readonly now: number;
  readonly group: GroupView;
  /** Bridges that take calls. */
  readonly active: readonly KnownBridge[];
  /** Bridges that could take calls again, with their drain. Those that people ordered are not among them. */
  readonly drained: readonly DrainedBridge[];
  /** Bridges that were told to leave, or are down since: nothing brings them back. */
  readonly dying: readonly DyingBridge[];
  /** Those of them that should be gone by now: somebody keeps the keeper from deleting them. */
  readonly stuck: readonly DyingBridge[];
  /** Machines that should answer by now and do not. */
  readonly silent: readonly BridgeView[];
  /** Machines that are being made, or boot. */
  readonly coming: number;
  /** Stress of all bridges together that can carry calls. */
  readonly load: number;
  /** Bridges that must take calls, whatever the load: the data's minimum, and what a schedule asks for. */
  readonly floor: number;
  /** Running machines made from another template than new ones will be, but those that people keep. */
  readonly old: readonly BridgeView[];
  /** Machines that people keep out of use. */
  readonly kept: number;
  /** Whether bridges of two releases are running. */
  readonly mixed: boolean;
}

export interface DrainedBridge extends KnownBridge {
  readonly drain: Drain;
}

export interface DyingBridge extends BridgeView {
  readonly drain: Drain;
}

/**
 * Seconds from a bridge's farewell to a machine that should be gone: it ends within two minutes, Google deletes within five
 * as a rule, and what fails once is tried again in the next round.
 */
const GONE_AFTER = 900;

export const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);

/** Whether so many bridges carry a load at this mean stress or below. Sums of decimals are a little off. */
export const canCarry = (bridges: number, load: number, meanStress: number): boolean =>
  load <= meanStress * bridges + 1e-9;

/** Whether a bridge's own word counts. One whose clock is ahead is as bad as one that is behind. */
export const isFresh = (bridge: BridgeView, { staleSeconds }: KeeperSettings): bridge is KnownBridge =>
  bridge.stats !== undefined && Math.abs(bridge.stats.ageSeconds) <= staleSeconds;

/** Whether new machines of the group are made from another template. */
export const isOld = ({ template }: Pick<BridgeView, "template">, group: GroupView): boolean =>
  template !== group.template;

export const isEmpty = (bridge: BridgeView): boolean =>
  bridge.stats?.localEndpoints === 0 && bridge.jicofoEndpoints === 0;

export function situationOf(
  o: Observation,
  group: GroupView,
  settings: KeeperSettings,
  memory: Memory,
): Situation {
  const running = o.bridges.filter(({ phase }) => phase === "running");
  const active: KnownBridge[] = [];
  const drained: DrainedBridge[] = [];
  const dying: DyingBridge[] = [];
  const silent: BridgeView[] = [];
  const carrying: KnownBridge[] = [];
  let coming = o.bridges.filter(({ phase }) => phase === "coming").length;
  for (const bridge of running) {
    const drain = memory.drains[bridge.id];
    if (drain?.shutdownAt !== undefined) dying.push({ ...bridge, drain });
    else if (!isFresh(bridge, settings)) {
      if (bridge.ageSeconds > settings.protectSeconds) silent.push(bridge);
      else coming += 1;
    } else {
      if (drain?.why !== "order") carrying.push(bridge);
      if (drain) {
        if (drain.why !== "order") drained.push({ ...bridge, drain });
      } else if (bridge.stats.ready) active.push(bridge);
      else if (bridge.ageSeconds > settings.protectSeconds) silent.push(bridge);
      else coming += 1;
    }
  }
  return {
    now: o.now,
    group,
    active,
    drained,
    dying,
    stuck: dying.filter(({ drain }) => drain.why !== "order" && o.now - drain.shutdownAt! > GONE_AFTER),
    silent,
    coming,
    load: sum(carrying.map(({ stats }) => stats.stress)),
    floor: Math.max(settings.min, o.scheduledBridges),
    old: running.filter((bridge) => isOld(bridge, group) && memory.drains[bridge.id]?.why !== "order"),
    kept: running.filter(({ id }) => memory.drains[id]?.why === "order").length,
    mixed: new Set(running.map(({ release }) => release)).size > 1,
  };
}
