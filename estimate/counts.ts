/** The same count three times: of bridges that take new calls, or of participants on them. */
export interface Counts {
  /** Always. */
  readonly min: number;
  /** While the schedule that asks for most runs; `min` without one. */
  readonly scheduled: number;
  /** At most. */
  readonly max: number;
}

export const COUNT_KEYS = ["min", "scheduled", "max"] as const;

export const ZERO: Counts = { min: 0, scheduled: 0, max: 0 };

export const mapCounts = (
  { min, scheduled, max }: Counts,
  map: (count: number, key: keyof Counts) => number,
): Counts => ({ min: map(min, "min"), scheduled: map(scheduled, "scheduled"), max: map(max, "max") });

export const sameCounts = (one: Counts, other: Counts): boolean =>
  COUNT_KEYS.every((key) => one[key] === other[key]);
