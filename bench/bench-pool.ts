import { SCALING_DEFAULTS } from "../model/keeper-defaults";

const SCALING: { readonly targetStress: number; readonly targetCpu: number; readonly bootSeconds: number } = {
  ...SCALING_DEFAULTS,
  bootSeconds: 150,
};

/** A pool with the defaults of its file. Only what answers an overload comes up to its maximum. */
export const POOL = {
  cloud: "gcp",
  region: "europe-west4",
  serves: ["abc"],
  size: { min: 2, max: 30 },
  scaling: SCALING,
  drainDeadlineMinutes: 60,
};

export type BenchPool = typeof POOL;
