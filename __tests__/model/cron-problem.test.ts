import { cronProblem } from "../../model/cron-problem";

describe("cronProblem", () => {
  it.each([
    "45 7 * * MON-FRI",
    "0 0 1 1 0",
    "*/15 8-18/2 * * 1,3,5",
    "59 23 31 DEC sat",
    "0 9 * JAN-MAR,6 *",
  ])("accepts %s", (expression) => {
    expect(cronProblem(expression)).toBeUndefined();
  });

  it.each([
    ["60 7 * * *", 'minute "60"; allowed: 0 to 59, and *, lists, ranges and steps of these'],
    ["0 24 * * *", 'hour "24"; allowed: 0 to 23, and *, lists, ranges and steps of these'],
    ["0 7 0 * *", 'day of the month "0"; allowed: 1 to 31, and *, lists, ranges and steps of these'],
    ["0 7 * 13 *", 'month "13"; allowed: 1 to 12 or JAN to DEC, and *, lists, ranges and steps of these'],
    [
      "0 7 * * 7",
      'day of the week "7"; allowed: 0 to 6 or SUN to SAT, and *, lists, ranges and steps of these',
    ],
    [
      "0 7 * * FRI-MON",
      'day of the week "FRI-MON"; allowed: 0 to 6 or SUN to SAT, and *, lists, ranges and steps of these',
    ],
    ["*/0 7 * * *", 'minute "*/0"; allowed: 0 to 59, and *, lists, ranges and steps of these'],
    ["1,,2 7 * * *", 'minute "1,,2"; allowed: 0 to 59, and *, lists, ranges and steps of these'],
    ["1-2-3 7 * * *", 'minute "1-2-3"; allowed: 0 to 59, and *, lists, ranges and steps of these'],
    ["0 7 * *", "4 fields; allowed: five"],
  ])("refuses %s", (expression, problem) => {
    expect(cronProblem(expression)).toBe(problem);
  });
});
