const UNITS = { m: 60, h: 3600, d: 86_400 } as const;
const LONGEST_DAYS = 30;

/**
 * Seconds of a duration such as `30m`, `2h` or `1d`; a sentence when it is none.
 * @param option that takes it, for the sentence
 */
export function parseDuration(text: string, option = "--for", longestDays = LONGEST_DAYS): number | string {
  const [, number, unit] = /^([0-9]{1,5})([mhd])$/.exec(text) ?? [];
  const seconds = Number(number) * UNITS[unit as keyof typeof UNITS];
  if (seconds > 0 && seconds <= longestDays * UNITS.d) return seconds;
  return `${option} ${text}: allowed: minutes, hours or days such as 30m, 2h, 1d, at most ${longestDays}d`;
}

/** `40 s`, `12 min`, `3 h`, `5 days`. */
export function ageText(seconds: number): string {
  if (seconds < 120) return `${Math.round(seconds)} s`;
  if (seconds < 7200) return `${Math.round(seconds / 60)} min`;
  if (seconds < 172_800) return `${Math.round(seconds / 3600)} h`;
  return `${Math.round(seconds / 86_400)} days`;
}

/** `2026-11-30 16:00:12 UTC`. @param iso ISO 8601 */
export const timeText = (iso: string): string =>
  `${new Date(iso).toISOString().slice(0, 19).replace("T", " ")} UTC`;
