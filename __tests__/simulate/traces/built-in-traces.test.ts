import { BUILT_IN_TRACES } from "../../../simulate/traces/built-in-traces";
import type { Calls } from "../../../simulate/trace";

const HOUR = 3600;
const DAY = 24 * HOUR;
const SEEDS = [1, 2, 3, 4, 5, 6];
const traceOf = (name: string) => BUILT_IN_TRACES.find((trace) => trace.name === name)!;

/** People in calls at a time, a mean over seeds. */
function people(name: string, time: number): number {
  const trace = traceOf(name);
  const counts = SEEDS.map((seed) => {
    const { joinAt, leaveAt } = trace.callsOf(seed, Math.min(trace.seconds, time + HOUR));
    return joinAt.reduce((count, at, p) => count + (at <= time && leaveAt[p]! > time ? 1 : 0), 0);
  });
  return counts.reduce((sum, count) => sum + count, 0) / SEEDS.length;
}
const joins = ({ joinAt }: Calls, from: number, to: number) =>
  joinAt.reduce((count, at) => count + (at >= from && at < to ? 1 : 0), 0);

describe("BUILT_IN_TRACES", () => {
  it.each(BUILT_IN_TRACES)(
    "has people who leave after they joined, conference by conference, in $name",
    (trace) => {
      const calls = trace.callsOf(1, trace.seconds);
      expect(calls.participants).toBeGreaterThan(500);
      for (let p = 0; p < calls.participants; p++) {
        const c = calls.conferenceOf[p]!;
        if (
          !(calls.leaveAt[p]! > calls.joinAt[p]!) ||
          !(calls.joinAt[p]! >= 0 && calls.joinAt[p]! < trace.seconds) ||
          !(p >= calls.firstParticipant[c]! && p < calls.firstParticipant[c + 1]!)
        )
          throw new Error(`participant ${p} of ${trace.name}`);
      }
      const weight = calls.weight.reduce((sum, one) => sum + one, 0) / calls.participants;
      expect(weight).toBeGreaterThan(0.95);
      expect(weight).toBeLessThan(1.05);
    },
  );

  it("is an office by day and nearly empty at night and on Sundays", () => {
    const hours = [10.5, 10.75, 11.25].map((hour) => people("office-week", DAY + hour * HOUR));
    const mean = hours.reduce((sum, value) => sum + value, 0) / hours.length;
    expect(mean).toBeGreaterThan(350 * 0.75);
    expect(mean).toBeLessThan(350 * 1.3);
    expect(people("office-week", DAY + 3 * HOUR)).toBeLessThan(20);
    expect(people("office-week", 6 * DAY + 11 * HOUR)).toBeLessThan(60);
    expect(people("large-office-week", DAY + 11 * HOUR)).toBeGreaterThan(
      1.3 * people("office-week", DAY + 11 * HOUR),
    );
  });

  it("has hundreds of pupils join within ten minutes at eight", () => {
    const calls = traceOf("school-week").callsOf(1, DAY);
    expect(joins(calls, 8 * HOUR - 360, 8 * HOUR + 240)).toBeGreaterThan(380);
    expect(joins(calls, 7 * HOUR, 8 * HOUR - 900)).toBeLessThan(40);
    expect(people("school-week", 5 * DAY + 8.2 * HOUR)).toBeLessThan(20);
  });

  it("has one meeting of 800 on Wednesday", () => {
    const trace = traceOf("all-hands-week");
    const { conferences, firstParticipant, joinAt } = trace.callsOf(1, trace.seconds);
    const sizes = Array.from(
      { length: conferences },
      (_, c) => firstParticipant[c + 1]! - firstParticipant[c]!,
    );
    const largest = sizes.indexOf(Math.max(...sizes));
    expect(sizes[largest]).toBe(800);
    expect(Math.abs(joinAt[firstParticipant[largest]!]! - (2 * DAY + 15 * HOUR))).toBeLessThan(360);
    expect(Math.max(...sizes.filter((_, c) => c !== largest))).toBeLessThanOrEqual(80);
  });

  it("has a flat night after the end of a day", () => {
    expect(people("flat-night", HOUR)).toBeGreaterThan(120);
    // From 22:00 on.
    const night = [6, 8, 10, 12].map((hour) => people("flat-night", hour * HOUR));
    for (const value of night) {
      expect(value).toBeGreaterThan(20);
      expect(value).toBeLessThan(90);
    }
  });
});
