interface Field {
  readonly name: string;
  readonly min: number;
  readonly max: number;
  /** Names for the numbers from `min` on. */
  readonly names?: readonly string[];
}

const FIELDS: readonly Field[] = [
  { name: "minute", min: 0, max: 59 },
  { name: "hour", min: 0, max: 23 },
  { name: "day of the month", min: 1, max: 31 },
  {
    name: "month",
    min: 1,
    max: 12,
    names: ["JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"],
  },
  { name: "day of the week", min: 0, max: 6, names: ["SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT"] },
];

/** Number of one end of a range, NaN when the field does not know it. */
function numberOf(text: string, { min, max, names }: Field): number {
  const named = names?.indexOf(text.toUpperCase()) ?? -1;
  if (named >= 0) return min + named;
  const number = /^[0-9]{1,2}$/.test(text) ? Number(text) : NaN;
  return number >= min && number <= max ? number : NaN;
}

function isTerm(term: string, field: Field): boolean {
  const [, range, step] = /^([^/]+)(?:\/([0-9]{1,2}))?$/.exec(term) ?? [];
  if (range === undefined) return false;
  // As the keeper reads it: a step has a range, and is not larger than the field.
  if (step !== undefined) {
    if (range !== "*" && !range.includes("-")) return false;
    if (Number(step) < 1 || Number(step) > field.max - field.min + 1) return false;
  }
  if (range === "*") return true;
  const ends = range.split("-").map((end) => numberOf(end, field));
  return ends.length <= 2 && ends.every((end, i) => end >= (ends[i - 1] ?? field.min));
}

/**
 * What is wrong with a cron expression of five fields, such as `hour "25"; allowed: 0 to 23`, or undefined. Terms are
 * `*`, numbers, names of months and days, ranges, and steps of `*` and of ranges, as both Google's autoscaler and the keeper
 * take them; Sunday is 0 or SUN.
 */
export function cronProblem(expression: string): string | undefined {
  const texts = expression.trim().split(/\s+/);
  if (texts.length !== FIELDS.length) return `${texts.length} fields; allowed: five`;
  for (const [i, field] of FIELDS.entries()) {
    const text = texts[i]!;
    if (text.split(",").every((term) => isTerm(term, field))) continue;
    const names = field.names ? ` or ${field.names[0]} to ${field.names.at(-1)}` : "";
    return `${field.name} "${text}"; allowed: ${field.min} to ${field.max}${names}, and *, lists, ranges and steps of these`;
  }
  return undefined;
}
