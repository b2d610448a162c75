import { drawSimulation } from "../../simulate/picture/draw-simulation";
import { simulate } from "../../simulate/simulate";
import type { SimulatedPool } from "../../simulate/simulated-pool";
import type { PolicyName, SimulationResult } from "../../simulate/result";
import type { Trace } from "../../simulate/trace";
import { poolOf } from "./pool-of";
import { picturePath } from "./scaling-page";
import type { ScalingResults } from "./scaling-results";

/** The first seed of a trace once more, with its samples. */
export const firstRun = (pool: SimulatedPool, trace: Trace, policy: PolicyName): SimulationResult =>
  simulate({ pool, trace, policy, seed: 1, seconds: trace.seconds, samples: true });

/** Pictures of the first seed of each trace under the keeper: path from the repository's root -> SVG. */
export async function drawScaling(
  results: ScalingResults,
  traces: readonly Trace[],
): Promise<ReadonlyMap<string, string>> {
  const pool = poolOf(results);
  const pictures = new Map<string, string>();
  for (const trace of traces) {
    const svg = await drawSimulation({
      run: firstRun(pool, trace, "keeper"),
      plain: firstRun(pool, trace, "plain"),
      pool: `${pool.settings.size.min} to ${pool.settings.size.max} bridges`,
      startsAt: trace.startsAt,
      targetStress: pool.settings.scaling.targetStress,
    });
    pictures.set(`docs/${picturePath(trace.name)}`, svg);
  }
  return pictures;
}
