const WEEKDAYS = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];

/** Seconds from a Monday's midnight, by the clock of an IANA time zone. @param time Unix time in seconds. */
export function secondsOfWeek(time: number, timeZone: string): number {
  const format = new Intl.DateTimeFormat("en-GB", {
    timeZone,
    weekday: "short",
    hour: "2-digit",
    minute: "2-digit",
    second: "2-digit",
    hourCycle: "h23",
  });
  const parts = new Map(format.formatToParts(time * 1000).map(({ type, value }) => [type, value]));
  const number = (type: Intl.DateTimeFormatPartTypes) => Number(parts.get(type));
  const day = WEEKDAYS.indexOf(parts.get("weekday")!);
  return day * 86_400 + number("hour") * 3600 + number("minute") * 60 + number("second");
}
