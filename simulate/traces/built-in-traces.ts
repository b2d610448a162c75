import { Random } from "../random";
import type { Trace } from "../trace";
import { CallsBuilder } from "./calls-builder";
import { addParticipant } from "./meeting";
import { office } from "./office";
import { addCallsOf, DAY, dayOfWeek, HOUR, hourOfDay, type Profile, profileOfDay } from "./profile";
import { addLessons } from "./school";

const WEEK = 7 * DAY;

/** A week's trace that follows a profile of people in calls. */
const ofProfile = (
  names: Pick<Trace, "name" | "description">,
  profile: Profile,
  when: Pick<Trace, "seconds" | "startsAt"> = { seconds: WEEK, startsAt: 0 },
): Trace => ({
  ...names,
  ...when,
  callsOf: (seed, seconds) => {
    const calls = new CallsBuilder(seconds);
    addCallsOf(profile, { seed, seconds, startsAt: when.startsAt }, calls);
    return calls.build();
  },
});

const officeWeek = ofProfile(
  { name: "office-week", description: "a week of an office, 350 people in calls at the fullest hours" },
  office(350),
);

const largeOfficeWeek = ofProfile(
  { name: "large-office-week", description: "a week of an office, 600 people in calls at the fullest hours" },
  office(600),
);

const schoolWeek: Trace = {
  name: "school-week",
  description: "a week of a school: 500 pupils join within ten minutes at 8:00, lessons of 45 minutes",
  seconds: WEEK,
  startsAt: 0,
  callsOf: (seed, seconds) => {
    const calls = new CallsBuilder(seconds);
    addCallsOf(office(25), { seed, seconds, startsAt: 0 }, calls);
    addLessons({ seed, seconds, startsAt: 0 }, 22, calls);
    return calls.build();
  },
};

const ALL_HANDS_AT = 2 * DAY + 15 * HOUR;

const allHandsWeek: Trace = {
  name: "all-hands-week",
  description: "a week of an office of 300, and on Wednesday at 15:00 one meeting of 800 for an hour",
  seconds: WEEK,
  startsAt: 0,
  callsOf: (seed, seconds) => {
    const calls = new CallsBuilder(seconds);
    const usual = office(300);
    // Who is in the large meeting is in no other.
    const rest: Profile = (time) =>
      dayOfWeek(time) === 2 && time % DAY >= 15 * HOUR && time % DAY < 16 * HOUR
        ? 0.2 * usual(time)
        : usual(time);
    addCallsOf(rest, { seed, seconds, startsAt: 0 }, calls);
    const random = new Random(seed, "all-hands");
    for (let start = ALL_HANDS_AT; start < seconds; start += WEEK) {
      calls.beginConference();
      const end = start + HOUR + random.between(-300, 300);
      for (let i = 0; i < 800; i++)
        addParticipant(random, calls, start + random.between(-5 * 60, 6 * 60), start, end);
    }
    return calls.build();
  },
};

const evening = profileOfDay([
  [0, 50],
  [6, 50],
  [16, 250],
  [17, 200],
  [20, 50],
  [24, 50],
]);

const flatNight = ofProfile(
  { name: "flat-night", description: "from 16:00 to 6:00: the end of a day, then 50 people all night" },
  (time) => evening(hourOfDay(time)),
  { seconds: 14 * HOUR, startsAt: 16 * HOUR },
);

/** What every change of a policy is measured on. */
export const BUILT_IN_TRACES: readonly Trace[] = [
  officeWeek,
  largeOfficeWeek,
  schoolWeek,
  allHandsWeek,
  flatNight,
];
