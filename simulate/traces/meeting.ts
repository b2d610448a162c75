import type { Random } from "../random";
import type { CallsBuilder } from "./calls-builder";

const MINUTE = 60;

/** Share of people with a camera, and what they and the others load a bridge with. The mean is 1. */
const CAMERA_SHARE = 0.6;
const CAMERA_WEIGHT = 1.4;
const SOUND_WEIGHT = 0.4;

export const drawWeight = (random: Random): number =>
  random.next() < CAMERA_SHARE ? CAMERA_WEIGHT : SOUND_WEIGHT;

/** Sizes of meetings: how often, from and to. Small ones are the most, large ones hold a third of the people. */
const SIZES = [
  { share: 0.3, from: 2, to: 2 },
  { share: 0.4, from: 3, to: 6 },
  { share: 0.25, from: 8, to: 25 },
  { share: 0.05, from: 30, to: 80 },
] as const;

/** A whole number of people. */
export function drawSize(random: Random): number {
  let left = random.next();
  for (const { share, from, to } of SIZES) {
    if (left < share) return from + random.below(to - from + 1);
    left -= share;
  }
  return 2;
}

export const MEAN_SIZE = SIZES.reduce((mean, { share, from, to }) => mean + (share * (from + to)) / 2, 0);

const MEDIAN_SECONDS = 35 * MINUTE;
const SPREAD = 0.5;
const MOST_SECONDS = 180 * MINUTE;

/** How long people meant to meet: lognormal, 35 minutes in the median, 40 in the mean. */
export const drawDuration = (random: Random): number =>
  Math.min(MOST_SECONDS, Math.max(3 * MINUTE, MEDIAN_SECONDS * Math.exp(SPREAD * random.normal())));

export const MEAN_DURATION = MEDIAN_SECONDS * Math.exp((SPREAD * SPREAD) / 2);

const QUARTER = 15 * MINUTE;

/** A meeting of a calendar: it begins at a round time, and ends at about one. */
export function addScheduledMeeting(random: Random, calls: CallsBuilder, start: number): void {
  const size = drawSize(random);
  const duration = Math.max(QUARTER, Math.round(drawDuration(random) / QUARTER) * QUARTER);
  // Most end within two minutes of the hour; some run late.
  const overrun = random.next() < 0.2 ? random.exponential(5 * MINUTE) : 2 * MINUTE * (random.next() - 0.7);
  const end = start + duration + overrun;
  calls.beginConference();
  for (let i = 0; i < size; i++) {
    const kind = random.next();
    const late =
      kind < 0.15
        ? -random.between(0, 3 * MINUTE)
        : kind < 0.85
          ? random.exponential(1.2 * MINUTE)
          : random.exponential(8 * MINUTE);
    addParticipant(random, calls, start + Math.min(late, duration * 0.6), start, end);
  }
}

/** A call that somebody starts when it suits: the others come within minutes. */
export function addCall(random: Random, calls: CallsBuilder, start: number): void {
  const size = drawSize(random);
  const duration = drawDuration(random);
  calls.beginConference();
  for (let i = 0; i < size; i++) {
    const late =
      i === 0 ? 0 : random.next() < 0.85 ? random.exponential(1.5 * MINUTE) : random.between(0, duration / 2);
    addParticipant(random, calls, start + Math.min(late, duration * 0.6), start, start + duration);
  }
}

/** Stays to the end, within a minute; one in twelve leaves early. */
export function addParticipant(
  random: Random,
  calls: CallsBuilder,
  joinAt: number,
  start: number,
  end: number,
): void {
  const early = random.next() < 1 / 12;
  const leaveAt = early
    ? random.between(Math.max(joinAt, (start + end) / 2), end)
    : end + random.exponential(20);
  calls.addParticipant(joinAt, Math.max(leaveAt, joinAt + 5), drawWeight(random));
}
