/** What a panel is shown with. */
export interface Shown {
  /** Seconds since 1970. */
  readonly from: number;
  readonly to: number;
  /** Seconds; the smallest that the panel allows counts, too. @default 60 */
  readonly interval?: number;
  /** Chosen values of variables. */
  readonly variables?: Readonly<Record<string, string | readonly string[]>>;
}

const quoteForRegex = (value: string): string => value.replace(/[\\^$*+?.()|[\]{}/]/g, "\\$&");

/** A variable's values as `${name:regex}` has them: escaped, several of them as alternatives. */
const asRegex = (value: string | readonly string[]): string =>
  typeof value === "string" || value.length === 1
    ? quoteForRegex([value].flat()[0]!)
    : `(${value.map(quoteForRegex).join("|")})`;

/**
 * The query that Grafana's InfluxDB data source (InfluxQL) sends: variables and macros replaced.
 *
 * @throws Error for a variable that has no value, and for what Grafana would not replace.
 */
export function grafanaQuery(query: string, { from, to, interval = 60, variables = {} }: Shown): string {
  const replaced = query
    .replace(/\$timeFilter\b/g, `time >= ${from}000ms and time <= ${to}000ms`)
    .replace(/\$\{__(from|to)\}/g, (_, end: "from" | "to") => `${end === "from" ? from : to}000`)
    .replace(/\$__interval_ms\b/g, String(interval * 1000))
    .replace(/\$__interval\b/g, `${interval}s`)
    .replace(/\$\{(\w+):regex\}/g, (_, name: string) => {
      const value = variables[name];
      if (value === undefined) throw new Error(`no value for the variable ${name}`);
      return asRegex(value);
    });
  const left = /\$(?!\/)[\w{]+/.exec(replaced);
  if (left) throw new Error(`Grafana does not replace ${left[0]} in: ${query}`);
  return replaced;
}

/** Seconds of an interval as panels have it: `1m`, `1d`. */
export function seconds(interval: string): number {
  const [, number, unit] = /^(\d+)([smhd])$/.exec(interval)!;
  return Number(number) * { s: 1, m: 60, h: 3600, d: 86_400 }[unit as "s" | "m" | "h" | "d"];
}
