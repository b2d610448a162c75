import type { Field, HOURLY_MEASUREMENTS } from "../../model/measurements";
import { RAW_RETENTION_DAYS } from "../../model/telemetry";
import type { Row } from "./influx-answer";
import type { Month } from "./month";

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

/** Days that one question is about: its answer stays below the 10,000 rows that an InfluxDB may cut off at. */
const DAYS_AT_ONCE = 5;

export interface TraceQueries {
  /** `participants` of each hour of the month, its mean. */
  readonly hourly: string;
  /** `participants` and `conferences` of each minute, their means; for the days of which single points are still there. */
  readonly raw: readonly string[];
}

/** What Jicofo counted, so that participants of a call over several bridges count once. @param now In milliseconds since 1970. */
export function traceQueries({ start, end }: Month, now: number): TraceQueries {
  const field = (name: Field<"jicofo">) => `"${name}"`;
  const hourlyField = (name: (typeof HOURLY_MEASUREMENTS)["jicofo_hourly"]["fields"][number]) => `"${name}"`;
  const within = (from: number, to: number) => `time >= ${from}ms AND time < ${to}ms`;
  // The hour that is being deleted is not whole.
  const kept = (Math.floor((now - RAW_RETENTION_DAYS * DAY_MS) / HOUR_MS) + 2) * HOUR_MS;
  const raw: string[] = [];
  for (let from = Math.max(start, kept); from < end; from += DAYS_AT_ONCE * DAY_MS) {
    const to = Math.min(end, from + DAYS_AT_ONCE * DAY_MS);
    raw.push(
      `SELECT mean(${field("participants")}) AS "participants", mean(${field("conferences")}) AS "conferences" ` +
        `FROM "jicofo" WHERE ${within(from, to)} GROUP BY time(1m) fill(none)`,
    );
  }
  return {
    hourly:
      `SELECT mean(${hourlyField("participants_mean")}) AS "participants" FROM "jicofo_hourly" ` +
      `WHERE ${within(start, end)} GROUP BY time(1h) fill(none)`,
    raw,
  };
}

export interface MonthTrace {
  /** For `fleet simulate --trace`. Each count stands in the middle of the time that it is the mean of. */
  readonly csv: string;
  /** Counts, by what they are means of. */
  readonly minutes: number;
  readonly hours: number;
}

/** Minutes where there are any, else the hour. Rows of nobody's counting are left out: missing data is no empty house. */
export function monthTrace(hourly: readonly Row[], raw: readonly Row[]): MonthTrace {
  const counted = ({ numbers }: Row) => numbers["participants"] !== undefined;
  const minutes = raw.filter(counted);
  const fine = new Set(minutes.map(({ time }) => Math.floor(time / HOUR_MS)));
  const hours = hourly.filter((row) => counted(row) && !fine.has(Math.floor(row.time / HOUR_MS)));
  const counts = [
    ...minutes.map((row) => ({ ...row, time: row.time + MINUTE_MS / 2 })),
    ...hours.map((row) => ({ ...row, time: row.time + HOUR_MS / 2 })),
  ].sort((a, b) => a.time - b.time);
  const rows = counts.map(({ time, numbers }) =>
    [isoSeconds(time), number(numbers["participants"]), number(numbers["conferences"])].join(","),
  );
  return {
    csv: ["time,participants,conferences", ...rows, ""].join("\n"),
    minutes: minutes.length,
    hours: hours.length,
  };
}

const isoSeconds = (time: number): string => `${new Date(time).toISOString().slice(0, 19)}Z`;

const number = (value: number | undefined): string =>
  value === undefined ? "" : String(Number(value.toFixed(2)));
