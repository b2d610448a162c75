import type { GcpPool } from "./fleet";
import { KEEPER_TIMES } from "./keeper-defaults";

/**
 * `KeeperSettings` of `keeper/decide/settings.ts` for a pool: what its file says, in seconds. A test holds the two
 * together.
 */
export const keeperSettings = ({
  size,
  scaling,
  drainDeadlineMinutes,
  keeper,
}: Pick<GcpPool, "size" | "scaling" | "drainDeadlineMinutes" | "keeper">) => ({
  min: size.min,
  drainsAtOnce: keeper.drainsAtOnce,
  fullStress: keeper.fullStress,
  releaseStress: keeper.releaseStress,
  surplusSeconds: keeper.surplusMinutes * 60,
  protectSeconds: keeper.protectMinutes * 60,
  drainDeadlineSeconds: drainDeadlineMinutes * 60,
  moveAtDeadline: keeper.moveAtDeadline,
  moveEarlyBelow: keeper.moveEarlyBelow,
  moveEarlySeconds: KEEPER_TIMES.moveEarlySeconds,
  staleSeconds: KEEPER_TIMES.staleSeconds,
  settleSeconds: KEEPER_TIMES.settleSeconds,
  bootSeconds: scaling.bootSeconds,
  mixedSeconds: keeper.mixedReleasesMinutes * 60,
});
