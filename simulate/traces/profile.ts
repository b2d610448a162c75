import { Random } from "../random";
import type { CallsBuilder } from "./calls-builder";
import { addCall, addScheduledMeeting, MEAN_DURATION, MEAN_SIZE } from "./meeting";

export const HOUR = 3600;
export const DAY = 24 * HOUR;

/** People in calls at a time, in seconds from a Monday's midnight. */
export type Profile = (time: number) => number;

/** Share of the meetings that stand in a calendar. */
const SCHEDULED_SHARE = 0.7;

/** How many of them begin at the full hour, a quarter past, half past, and a quarter to; the mean is 1. */
const ROUND_TIMES = [2.2, 0.3, 1.2, 0.3] as const;
const QUARTER = 900;

/** People come late and leave early, so a meeting holds fewer people than it has, on the average. */
const PRESENT_SHARE = 0.92;

/**
 * Draws calls so that the number of people follows a profile: Poisson arrivals of meetings, most of them at round times.
 * It begins with the calls that are under way.
 */
export function addCallsOf(
  profile: Profile,
  { seed, seconds, startsAt }: { readonly seed: number; readonly seconds: number; readonly startsAt: number },
  calls: CallsBuilder,
): void {
  const random = new Random(seed, "calls");
  const meetingsPerSecond = (time: number) =>
    Math.max(0, profile(time)) / (MEAN_SIZE * MEAN_DURATION * PRESENT_SHARE);
  const first = Math.floor((startsAt - 3 * HOUR) / QUARTER);
  const last = Math.ceil((startsAt + seconds) / QUARTER);
  for (let quarter = first; quarter < last; quarter++) {
    const time = quarter * QUARTER;
    // A meeting is there from its beginning on, so the people of the time half a meeting later are asked for.
    const mean = meetingsPerSecond(time + MEAN_DURATION / 2) * QUARTER;
    const scheduled = random.poisson(mean * SCHEDULED_SHARE * ROUND_TIMES[((quarter % 4) + 4) % 4]!);
    for (let i = 0; i < scheduled; i++) addScheduledMeeting(random, calls, time - startsAt);
    const others = random.poisson(mean * (1 - SCHEDULED_SHARE));
    for (let i = 0; i < others; i++) addCall(random, calls, time - startsAt + random.between(0, QUARTER));
  }
}

/** A profile by points of a day, straight lines between them. @param points `[hour, value]`, from hour 0 to 24. */
export const profileOfDay = (points: readonly (readonly [number, number])[]): ((hour: number) => number) => {
  return (hour) => {
    const next = points.findIndex(([at]) => at > hour);
    if (next <= 0) return points.at(next === 0 ? 0 : -1)![1];
    const [fromHour, from] = points[next - 1]!;
    const [toHour, to] = points[next]!;
    return from + ((to - from) * (hour - fromHour)) / (toHour - fromHour);
  };
};

export const hourOfDay = (time: number): number => (((time % DAY) + DAY) % DAY) / HOUR;

/** 0 is Monday. */
export const dayOfWeek = (time: number): number => ((Math.floor(time / DAY) % 7) + 7) % 7;
