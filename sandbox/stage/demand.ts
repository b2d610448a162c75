/** How many people want to be in calls, by seconds since the beginning. */
export type Demand = (seconds: number) => number;

const HOUR = 3600;

/** Corners of a line: hour of the day, and share of the day's peak. */
const WORKING_DAY: readonly (readonly [number, number])[] = [
  [0, 0.02],
  [6.5, 0.02],
  [8, 0.35],
  [9, 1],
  [11.5, 0.95],
  [12.25, 0.3],
  [13, 0.3],
  [13.75, 1],
  [15.5, 0.75],
  [16, 0.9],
  [18, 0.2],
  [20, 0.06],
  [24, 0.02],
];

/** A day at work: it is quiet at night, everybody comes at nine, and lunch is a deep dip. @param firstHour of the day */
export function workingDay(peak: number, firstHour = 0): Demand {
  return (seconds) => {
    const hour = (firstHour + seconds / HOUR) % 24;
    const next = WORKING_DAY.findIndex(([corner]) => corner > hour);
    const [[from, low], [to, high]] = [WORKING_DAY[next - 1]!, WORKING_DAY[next]!];
    return peak * (low + ((high - low) * (hour - from)) / (to - from));
  };
}

/** Up and down between two numbers, beginning at the low one; `rest` seconds from the beginning it stays there. */
export function waves(low: number, high: number, periodSeconds: number, rest = Infinity): Demand {
  return (seconds) =>
    seconds >= rest
      ? low
      : low + ((high - low) * (1 - Math.cos((2 * Math.PI * seconds) / periodSeconds))) / 2;
}

/** Always the same. */
export const steady =
  (people: number): Demand =>
  () =>
    people;
