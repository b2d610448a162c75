import { Random } from "../random";
import type { CallsBuilder } from "./calls-builder";
import { addParticipant } from "./meeting";
import { DAY, dayOfWeek, HOUR } from "./profile";

const MINUTE = 60;

/** Lessons of a school day: when they begin, and how many of the classes have one. */
const LESSONS = [
  { hour: 8, minute: 0, share: 0.95 },
  { hour: 8, minute: 50, share: 1 },
  { hour: 9, minute: 55, share: 1 },
  { hour: 10, minute: 45, share: 0.95 },
  { hour: 11, minute: 45, share: 0.85 },
  { hour: 12, minute: 35, share: 0.4 },
] as const;
const LESSON = 45 * MINUTE;

/** Lessons of a school: every class a conference, everybody there within ten minutes, Monday to Friday. */
export function addLessons(
  { seed, seconds, startsAt }: { readonly seed: number; readonly seconds: number; readonly startsAt: number },
  classes: number,
  calls: CallsBuilder,
): void {
  const random = new Random(seed, "school");
  const sizes = Array.from({ length: classes }, () => 18 + random.below(12));
  for (let day = Math.floor(startsAt / DAY); day * DAY < startsAt + seconds; day++) {
    if (dayOfWeek(day * DAY) > 4) continue;
    for (const [index, { hour, minute, share }] of LESSONS.entries()) {
      const start = day * DAY + hour * HOUR + minute * MINUTE - startsAt;
      // In the morning they come over ten minutes; between lessons there are only five.
      const [early, late] = index === 0 ? [6 * MINUTE, 4 * MINUTE] : [2 * MINUTE, 3 * MINUTE];
      for (const size of sizes) {
        if (random.next() >= share) continue;
        calls.beginConference();
        const end = start + LESSON + random.between(-MINUTE, MINUTE);
        for (let i = 0; i < size; i++) {
          if (random.next() < 0.04) continue; // ill
          addParticipant(random, calls, start + random.between(-early, late), start, end);
        }
      }
    }
  }
}
