import type { SimulatedPool } from "../../simulate/simulated-pool";
import { plainTargetStress } from "../../simulate/simulate";
import { hoursToPlain, overloadToPlain } from "./ratios-of";
import type { ScalingResults } from "./scaling-results";

/** How the target of the keeper's autoscaler compares with plain's, and what is left of that at the same target. */
export function plainTarget(pool: SimulatedPool, { variations }: Pick<ScalingResults, "variations">): string {
  const plain = plainTargetStress(pool);
  const { targetStress } = pool.settings.scaling;
  const distance = ({ value }: { value: number }) => Math.abs(value - plain);
  const nearest = variations
    .filter(({ setting }) => setting === "scaling.targetStress")
    .sort((a, b) => distance(a) - distance(b))[0]!;
  const { plain: base, keeper, ...others } = nearest.policies;
  const never = others["keeper-never-moves"]!;
  return (
    `a stress of ${plain.toFixed(2)}, because processors at ${pool.cpuAtFullStress} are stress 1. The keeper's autoscaler has ` +
    `a \`targetStress\` of ${targetStress}, so it asks for ${Math.round(100 * (1 - plain / targetStress))} % fewer bridges. ` +
    `At ${nearest.value}, about plain's own target, the keeper takes ${hoursToPlain(keeper!, base!).toFixed(3)} of plain's ` +
    `bridge-hours for ${overloadToPlain(keeper!, base!).toFixed(2)} of its minutes of overload, and ` +
    `${hoursToPlain(never, base!).toFixed(3)} for ${overloadToPlain(never, base!).toFixed(2)} when nobody is moved.`
  );
}
