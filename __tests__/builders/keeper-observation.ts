import type { BridgeStats, BridgeView, GroupView, Observation } from "../../keeper/decide/observation";
import type { KeeperSettings } from "../../keeper/decide/settings";

/** What a keeper sees of a pool where all is well, overridden by spread. */
export const anObservation = (overrides: Partial<Observation> = {}): Observation => ({
  now: 1_000_000,
  group: aGroup(),
  bridges: [aBridge("a"), aBridge("b"), aBridge("c")],
  scheduledBridges: 0,
  orders: { paused: false, drain: [] },
  ...overrides,
});

export const aGroup = (overrides: Partial<GroupView> = {}): GroupView => ({
  target: 3,
  recommended: 3,
  min: 1,
  max: 8,
  template: "new",
  release: "r2",
  ...overrides,
});

/** A bridge that runs; what it says is overridden apart. */
export const aBridge = (
  id: string,
  stats: Partial<BridgeStats> = {},
  overrides: Partial<BridgeView> = {},
): BridgeView => ({
  id,
  ageSeconds: 7200,
  template: "new",
  release: "r2",
  phase: "running",
  stats: {
    ageSeconds: 3,
    stress: (stats.localEndpoints ?? 10) / 100,
    localEndpoints: 10,
    conferences: 2,
    drain: false,
    shuttingDown: false,
    ready: true,
    ...stats,
  },
  isDown: false,
  jicofoEndpoints: stats.localEndpoints ?? 10,
  ...overrides,
});

export const someSettings = (overrides: Partial<KeeperSettings> = {}): KeeperSettings => ({
  min: 1,
  drainsAtOnce: 2,
  fullStress: 0.6,
  releaseStress: 0.7,
  surplusSeconds: 120,
  protectSeconds: 600,
  drainDeadlineSeconds: 1800,
  moveAtDeadline: true,
  moveEarlyBelow: 2,
  moveEarlySeconds: 300,
  staleSeconds: 45,
  settleSeconds: 25,
  bootSeconds: 150,
  mixedSeconds: 86_400,
  ...overrides,
});
