import type { GcpPool } from "../../model/fleet";

const MINUTE = 60;
const DAY_NAMES = ["SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT"];
const MONTH_NAMES = ["JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"];

/** A Monday's midnight. Which one matters only to schedules that name a day of the month or a month. */
export const MONDAY = Date.UTC(2026, 0, 5) / 1000;

interface Window {
  readonly from: number;
  readonly to: number;
  readonly bridges: number;
}

/** The schedules of a pool over a simulation. Their time zones are the trace's own: its clock is the callers'. */
export class Schedules {
  private readonly windows: readonly Window[];

  /** @param startsAt Seconds from a Monday's midnight to the beginning of the simulation. */
  constructor(schedules: GcpPool["scaling"]["schedules"], startsAt: number, seconds: number) {
    this.windows = Object.values(schedules).flatMap(({ start, durationMinutes, minBridges }) => {
      const isStart = cronMatcher(start);
      const windows: Window[] = [];
      const duration = durationMinutes * MINUTE;
      const first = Math.floor((startsAt - duration) / MINUTE) * MINUTE;
      for (let time = first; time < startsAt + seconds + duration; time += MINUTE) {
        const from = time - startsAt;
        if (isStart(new Date((MONDAY + time) * 1000)))
          windows.push({ from, to: from + duration, bridges: minBridges });
      }
      return windows;
    });
  }

  /** Most bridges that a schedule asks for at some time from `from` to `to`; 0 when none does. */
  bridges(from: number, to = from): number {
    let most = 0;
    for (const window of this.windows)
      if (window.from <= to && window.to > from && window.bridges > most) most = window.bridges;
    return most;
  }
}

/** Whether a cron expression of five fields, which a rule of the model has checked, begins in a minute. */
function cronMatcher(expression: string): (minute: Date) => boolean {
  const [minutes, hours, days, months, weekdays] = expression.trim().split(/\s+/) as [string, ...string[]];
  const inMinutes = cronField(minutes, 0, 59);
  const inHours = cronField(hours!, 0, 23);
  const inDays = cronField(days!, 1, 31);
  const inMonths = cronField(months!, 1, 12, MONTH_NAMES);
  const inWeekdays = cronField(weekdays!, 0, 6, DAY_NAMES);
  // As cron does: where both say something, either is enough.
  const both = days !== "*" && weekdays !== "*";
  return (time) => {
    if (!inMinutes.has(time.getUTCMinutes()) || !inHours.has(time.getUTCHours())) return false;
    if (!inMonths.has(time.getUTCMonth() + 1)) return false;
    const isDay = inDays.has(time.getUTCDate());
    const isWeekday = inWeekdays.has(time.getUTCDay());
    return both ? isDay || isWeekday : isDay && isWeekday;
  };
}

function cronField(text: string, min: number, max: number, names: readonly string[] = []): Set<number> {
  const numberOf = (end: string): number => {
    const named = names.indexOf(end.toUpperCase());
    return named >= 0 ? min + named : Number(end);
  };
  const values = new Set<number>();
  for (const term of text.split(",")) {
    const [range, step] = term.split("/") as [string, string | undefined];
    const ends = range === "*" ? [min, max] : range.split("-").map(numberOf);
    const from = ends[0]!;
    const to = ends[1] ?? (step === undefined ? from : max);
    for (let value = from; value <= to; value += Number(step ?? 1)) values.add(value);
  }
  return values;
}
