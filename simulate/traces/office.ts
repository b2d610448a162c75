import { dayOfWeek, hourOfDay, profileOfDay, type Profile } from "./profile";

/** People in calls on a working day, against its peak: two humps with lunch between, and hardly anybody at night. */
const workingDay = profileOfDay([
  [0, 0.01],
  [6, 0.01],
  [7, 0.05],
  [8, 0.25],
  [9, 0.75],
  [10, 1],
  [11.5, 0.95],
  [12.25, 0.55],
  [13, 0.55],
  [14, 0.95],
  [15, 0.95],
  [16, 0.8],
  [17, 0.5],
  [18, 0.2],
  [19, 0.08],
  [22, 0.04],
  [24, 0.01],
]);

/** Monday to Sunday, against the fullest day. */
const DAYS = [0.95, 1, 1, 0.97, 0.7, 0.05, 0.04] as const;

/** People of an office in calls. @param peak People at the fullest time of the fullest day, on the average. */
export const office =
  (peak: number): Profile =>
  (time) => {
    const day = DAYS[dayOfWeek(time)]!;
    const isWeekend = day < 0.1;
    return peak * day * (isWeekend ? workingDay(hourOfDay(time)) ** 0.5 : workingDay(hourOfDay(time)));
  };
