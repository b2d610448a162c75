import type { Schedule } from "../scripts/scaling/scaling-results";

const school = { start: "40 7 * * MON-FRI", durationMinutes: 340 } as const;
const office = { start: "30 8 * * MON-FRI", durationMinutes: 540 } as const;

/**
 * Traces that are full at known times, each with a schedule for them: one that carries a part of the fullest hours, and one
 * that carries nearly all. The school's begins twenty minutes before the first lesson and ends with the last.
 */
export const KNOWN_RUSHES: readonly { readonly trace: string; readonly schedule: Schedule }[] = [
  { trace: "school-week", schedule: { ...school, minBridges: 8 } },
  { trace: "school-week", schedule: { ...school, minBridges: 12 } },
  { trace: "office-week", schedule: { ...office, minBridges: 4 } },
  { trace: "office-week", schedule: { ...office, minBridges: 8 } },
];
