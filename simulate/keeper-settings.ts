import type { KeeperSettings } from "../keeper/decide/settings";
import type { SimulatedPool } from "./simulated-pool";

/** From one decision of the keeper to the next. */
export const KEEPER_INTERVAL_SECONDS = 30;
/** How long before its beginning a schedule counts. */
export const LOOKAHEAD_SECONDS = 900;

/** How the keeper of a pool decides. */
export const keeperSettings = ({ settings }: SimulatedPool): KeeperSettings => ({
  min: settings.size.min,
  drainsAtOnce: 3,
  fullStress: 0.6,
  releaseStress: 0.68,
  surplusSeconds: 120,
  protectSeconds: 600,
  drainDeadlineSeconds: settings.drainDeadlineMinutes * 60,
  moveAtDeadline: true,
  moveEarlyBelow: 2,
  staleSeconds: 45,
  settleSeconds: 25,
  bootSeconds: settings.scaling.bootSeconds,
  mixedSeconds: 86_400,
});
