import type { Action } from "./action";
import type { Memory } from "./memory";
import type { KeeperSettings } from "./settings";
import type { GroupView } from "./observation";
import { type DrainedBridge, isOld, type Situation, sum } from "./situation";

/** Load that returns, and schedules that begin, take drains back before anything else happens. */
export function takeBack(
  { active, drained, floor, group, load }: Situation,
  { fullStress, releaseStress }: KeeperSettings,
  memory: Memory,
): { readonly actions: readonly Action[]; readonly memory: Memory } {
  const busy = sum(active.map(({ stats }) => stats.stress));
  const tooBusy = busy > releaseStress * active.length;
  const wanted = Math.max(floor, tooBusy ? Math.ceil(load / fullStress) : 0) - active.length;
  const chosen = drained
    .filter(({ stats }) => stats.ready)
    .sort(mostUseful(group))
    .slice(0, Math.max(0, wanted));
  if (chosen.length === 0) return { actions: [], memory };

  const reason = tooBusy
    ? `the bridges that take calls are at a mean stress of ${(busy / Math.max(1, active.length)).toFixed(2)}, above ${releaseStress}`
    : `${active.length} bridges take calls, and ${floor} must`;
  const { surplusSince: _, ...rest } = memory;
  const left = Object.entries(memory.drains).filter(([id]) => !chosen.some((bridge) => bridge.id === id));
  return {
    actions: chosen.map(({ id }) => ({ kind: "undrain", bridge: id, reason })),
    memory: { ...rest, drains: Object.fromEntries(left) },
  };
}

/** The fullest first, so that those which are nearly empty go on emptying; bridges of an old template last. */
const mostUseful =
  (group: GroupView) =>
  (a: DrainedBridge, b: DrainedBridge): number =>
    Number(isOld(a, group)) - Number(isOld(b, group)) ||
    b.stats.localEndpoints - a.stats.localEndpoints ||
    (a.id < b.id ? -1 : 1);
