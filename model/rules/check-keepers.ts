import { OVERLOAD_STRESS } from "../capacity";
import type { GcpPool } from "../fleet";
import { KEEPER_DEFAULTS } from "../keeper-defaults";
import { hasKeeper } from "../keeper-pools";
import type { Problem } from "../problem";
import { atPool } from "./entity-ref";
import type { Rule } from "./rule";

/** What a pool's file tells its keeper fits together, and with the rest of the file. */
export const checkKeepers: Rule = ({ pools }) =>
  pools
    .filter(hasKeeper)
    .flatMap((pool) => [
      ...checkStress(pool),
      ...checkReserve(pool),
      ...checkDrainsAtOnce(pool),
      ...checkProtection(pool),
      ...checkRoom(pool),
    ]);

/** Bridges that would be drained and taken back by turns. */
function checkStress(pool: GcpPool): Problem[] {
  const { fullStress, releaseStress } = pool.keeper;
  if (releaseStress > fullStress) return [];
  return [
    {
      at: atPool(pool),
      path: ["keeper", "releaseStress"],
      message:
        `${releaseStress} is not above keeper.fullStress, which is ${fullStress}, so that bridges would be drained and ` +
        `taken back by turns; allowed: above ${fullStress} and below ${OVERLOAD_STRESS}, from where on Jicofo avoids a ` +
        "bridge; raise it, or lower fullStress",
    },
  ];
}

/** Bridges that are drained and never removed: the autoscaler still wants them. */
function checkReserve(pool: GcpPool): Problem[] {
  const { fullStress } = pool.keeper;
  const { targetStress } = pool.scaling;
  if (fullStress < targetStress) return [];
  const why =
    "so that the autoscaler wants the bridges that the keeper drains: they run on, empty, while the others are full";
  const useful = `two thirds of targetStress, ${((targetStress * 2) / 3).toFixed(2)}`;
  // Whichever of the two somebody wrote.
  const isDefault = fullStress === KEEPER_DEFAULTS.fullStress;
  return [
    {
      at: atPool(pool),
      path: isDefault ? ["scaling", "targetStress"] : ["keeper", "fullStress"],
      message: isDefault
        ? `${targetStress} is not above keeper.fullStress, which is ${fullStress}, ${why}; write keeper.fullStress, ` +
          `useful: ${useful}; or raise targetStress`
        : `${fullStress} is not below scaling.targetStress, which is ${targetStress}, ${why}; useful: ${useful}; ` +
          "lower it, or raise targetStress",
      severity: "warning",
    },
  ];
}

/** The default is nobody's mistake: there are pools that are smaller. */
function checkDrainsAtOnce(pool: GcpPool): Problem[] {
  const { drainsAtOnce } = pool.keeper;
  const { max } = pool.size;
  if (drainsAtOnce < max || drainsAtOnce === KEEPER_DEFAULTS.drainsAtOnce) return [];
  return [
    {
      at: atPool(pool),
      path: ["keeper", "drainsAtOnce"],
      message:
        `${drainsAtOnce} is no limit, because size.max is ${max} and the last bridge is never drained; useful: ` +
        `${max > 1 ? `1 to ${max - 1}; lower it` : "none; remove it"}`,
      severity: "warning",
    },
  ];
}

function checkProtection(pool: GcpPool): Problem[] {
  const { protectMinutes } = pool.keeper;
  const { bootSeconds } = pool.scaling;
  if (protectMinutes * 60 > bootSeconds) return [];
  return [
    {
      at: atPool(pool),
      path: ["keeper", "protectMinutes"],
      message:
        `${protectMinutes} is over before scaling.bootSeconds (${bootSeconds}) are, so a bridge that boots counts as ` +
        `silent, and meanwhile none is drained; useful: ${Math.floor(bootSeconds / 60) + 1} or more; raise it`,
      severity: "warning",
    },
  ];
}

/** A new bridge runs beside an old one until that has left. */
function checkRoom(pool: GcpPool): Problem[] {
  const { min, max } = pool.size;
  if (max !== min) return [];
  return [
    {
      at: atPool(pool),
      path: ["size", "max"],
      message:
        `${max} is size.min, too, so no new bridge can run beside an old one and the keeper renews none of them; ` +
        `useful: ${min + 1} or more; raise it, or renew bridges by hand (docs/operations.md)`,
      severity: "warning",
    },
  ];
}
