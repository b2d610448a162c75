const [HOUR, DAY] = [3600, 86_400];
const DAYS = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"] as const;

export interface TimeMark {
  /** Seconds from the beginning of the trace. */
  readonly at: number;
  readonly label: string;
  /** Midnight. */
  readonly isDay: boolean;
}

/**
 * Marks of a time axis: midnights with the day's name, and hours between them as long as they have room.
 *
 * @param startsAt Seconds from a Monday's midnight to the beginning.
 */
export function timeMarks(startsAt: number, seconds: number): readonly TimeMark[] {
  const step =
    seconds <= 1.6 * DAY ? 2 * HOUR : seconds <= 3.5 * DAY ? 6 * HOUR : seconds <= 10 * DAY ? 12 * HOUR : DAY;
  const marks: TimeMark[] = [];
  for (let time = Math.ceil(startsAt / step) * step; time <= startsAt + seconds; time += step) {
    const isDay = time % DAY === 0;
    const hour = String((time % DAY) / HOUR).padStart(2, "0");
    const day = DAYS[(time / DAY) % 7];
    // A month has room for a name a week.
    const label = !isDay ? `${hour}:00` : seconds > 14 * DAY && day !== "Mon" ? "" : day!;
    marks.push({ at: time - startsAt, label, isDay });
  }
  return marks;
}
