import type { Schedule, ScalingResults } from "./scaling-results";

/** The fields of a pool's file, with one schedule in them. */
export const withSchedule = (pool: ScalingResults["pool"], schedule: Schedule): ScalingResults["pool"] => ({
  ...pool,
  scaling: { ...(pool.scaling as object | undefined), schedules: { rush: schedule } },
});
