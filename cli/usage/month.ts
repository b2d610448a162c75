import { HOURLY_RETENTION_DAYS } from "../../model/telemetry";

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** The hourly task runs some minutes after the hour; until then its last hour is not missing. */
const ROLL_UP_MS = 5 * 60_000;

/** Full hours of a calendar month in UTC. Times are in milliseconds since 1970. */
export interface Month {
  /** `2026-10` */
  readonly name: string;
  readonly start: number;
  /** End of the last hour that counts: that of the month, or in the running month the last full hour. */
  readonly end: number;
  readonly running: boolean;
}

/** The month, or one line that says why there is no report of it. */
export function parseMonth(text: string, now: number): Month | string {
  const [, year, month] = /^(\d{4})-(0[1-9]|1[0-2])$/.exec(text) ?? [];
  if (year === undefined || month === undefined)
    return `"${text}" is no month; a year and a month are, such as --month ${nameOf(now)}`;
  const start = Date.UTC(Number(year), Number(month) - 1);
  const next = Date.UTC(Number(year), Number(month));
  if (start > now) return `${text} has not begun; the running month is ${nameOf(now)}`;
  if (next <= now - HOURLY_RETENTION_DAYS * DAY_MS)
    return (
      `${text} is gone: hours are kept for ${HOURLY_RETENTION_DAYS} days; the oldest month is ` +
      `${nameOf(now - HOURLY_RETENTION_DAYS * DAY_MS)}. Store a month's report (--json) when it is over`
    );
  const end = Math.min(next, Math.floor((now - ROLL_UP_MS) / HOUR_MS) * HOUR_MS);
  if (end <= start) return `${text} has no full hour yet; come back in an hour`;
  return { name: text, start, end, running: end < next };
}

const nameOf = (time: number): string => new Date(time).toISOString().slice(0, 7);

export const hoursOf = ({ start, end }: Month): number => (end - start) / HOUR_MS;

/** Beginnings of the month's hours that are not among those that there are, as ranges: first hour to the end of the last. */
export function missingHours(
  { start, end }: Month,
  there: ReadonlySet<number>,
): readonly (readonly [from: number, to: number])[] {
  const ranges: [number, number][] = [];
  for (let hour = start; hour < end; hour += HOUR_MS) {
    if (there.has(hour)) continue;
    const last = ranges.at(-1);
    if (last?.[1] === hour) last[1] = hour + HOUR_MS;
    else ranges.push([hour, hour + HOUR_MS]);
  }
  return ranges;
}
