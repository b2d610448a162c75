import type { HOURLY_MEASUREMENTS, MEASUREMENTS } from "../../model/measurements";
import type { COMMON_TAGS } from "../../model/telemetry";

type All = typeof MEASUREMENTS & typeof HOURLY_MEASUREMENTS;
type Tags<M extends keyof All> = (typeof COMMON_TAGS)[number] | All[M]["tags"][number];

/** A number is a float; write `{ integer: 1 }` for an integer. */
export type FieldValue = number | string | { readonly integer: number };

/**
 * One point in line protocol, of a measurement, with tags and fields that Telegraf or the hourly task writes.
 *
 * @param time Seconds since 1970.
 */
export function aPoint<M extends keyof All>(
  measurement: M,
  tags: Readonly<Partial<Record<Tags<M>, string>>>,
  fields: Readonly<Partial<Record<All[M]["fields"][number], FieldValue>>>,
  time: number,
): string {
  const words = (of: object, write: (value: unknown) => string) =>
    Object.entries(of)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, value]) => `${name}=${write(value)}`);
  const escaped = (value: unknown) => String(value).replace(/[ ,=]/g, "\\$&");
  return `${[measurement, ...words(tags, escaped)].join(",")} ${words(fields, field).join(",")} ${time}`;
}

const field = (value: unknown): string => {
  if (typeof value === "string") return JSON.stringify(value);
  return typeof value === "number" ? String(value) : `${(value as { readonly integer: number }).integer}i`;
};
