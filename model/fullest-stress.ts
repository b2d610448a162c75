import { scaleOutStress } from "./capacity";
import type { GcpPool } from "./fleet";

/**
 * Mean stress that the bridges may have before another one is added, and the setting that it is from:
 * `targetStress 0.65`.
 */
export function fullestStress({ bridge, keeper, scaling }: Pick<GcpPool, "bridge" | "keeper" | "scaling">): {
  readonly stress: number;
  readonly named: string;
} {
  const added = scaleOutStress(scaling, bridge.load);
  // A keeper that only looks on packs nothing.
  if (keeper.mode === "act" && keeper.fullStress > added)
    return { stress: keeper.fullStress, named: `keeper.fullStress ${keeper.fullStress}` };
  if (added === scaling.targetStress) return { stress: added, named: `targetStress ${added}` };
  return {
    stress: added,
    named: `targetCpu ${scaling.targetCpu} (stress ${Number(added.toFixed(2))})`,
  };
}
