export interface Point {
  readonly measurement: string;
  readonly tags: Readonly<Record<string, string>>;
  /** Numbers are written as floats. */
  readonly fields: Readonly<Record<string, number | string | undefined>>;
  /** Unix time in seconds. */
  readonly time: number;
}

/** A line of InfluxDB's line protocol, with its time in milliseconds. Fields without a value, and empty tags, are left out. */
export function lineOf({ measurement, tags, fields, time }: Point): string {
  const tagged = Object.entries(tags)
    .filter(([, value]) => value !== "")
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, value]) => `,${escaped(key, /[,= ]/g)}=${escaped(value, /[,= ]/g)}`);
  const valued = Object.entries(fields)
    .filter((entry): entry is [string, number | string] => entry[1] !== undefined && !Number.isNaN(entry[1]))
    .map(([key, value]) => `${escaped(key, /[,= ]/g)}=${typeof value === "number" ? value : quoted(value)}`);
  return `${escaped(measurement, /[, ]/g)}${tagged.join("")} ${valued.join(",")} ${Math.round(time * 1000)}`;
}

/** A line break would begin another point, and a backslash at the end would eat what follows. */
const escaped = (text: string, special: RegExp): string =>
  text
    .replace(/[\r\n]+/g, " ")
    .replace(/\\+$/, "")
    .replace(special, "\\$&");

const quoted = (text: string): string => `"${text.replace(/[\r\n]+/g, " ").replace(/["\\]/g, "\\$&")}"`;
