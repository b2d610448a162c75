import type { PolicyName } from "../simulate/result";
import { type BenchPool, POOL } from "./bench-pool";

/** One setting varied. The plain policy knows neither target nor deadline, and who never moves knows no deadline. */
export const VARIED: readonly {
  readonly setting: string;
  readonly values: readonly number[];
  readonly matters: readonly PolicyName[];
  readonly valueOf: (pool: BenchPool) => number;
  readonly poolWith: (value: number) => BenchPool;
}[] = [
  {
    setting: "scaling.bootSeconds",
    values: [30, 60, 150, 300],
    matters: ["plain", "keeper", "keeper-never-moves"],
    valueOf: ({ scaling }) => scaling.bootSeconds,
    poolWith: (bootSeconds) => ({ ...POOL, scaling: { ...POOL.scaling, bootSeconds } }),
  },
  {
    setting: "scaling.targetStress",
    values: [0.5, 0.55, 0.6, 0.65, 0.7],
    matters: ["keeper", "keeper-never-moves"],
    valueOf: ({ scaling }) => scaling.targetStress,
    poolWith: (targetStress) => ({ ...POOL, scaling: { ...POOL.scaling, targetStress } }),
  },
  {
    setting: "drainDeadlineMinutes",
    values: [15, 30, 60, 120],
    matters: ["keeper"],
    valueOf: ({ drainDeadlineMinutes }) => drainDeadlineMinutes,
    poolWith: (drainDeadlineMinutes) => ({ ...POOL, drainDeadlineMinutes }),
  },
];
