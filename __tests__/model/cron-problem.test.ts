import fc from "fast-check";
import { scheduledBridges } from "../../keeper/scheduled-bridges";
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
    ["5/15 7 * * *", 'minute "5/15"; allowed: 0 to 59, and *, lists, ranges and steps of these'],
    ["*/90 7 * * *", 'minute "*/90"; allowed: 0 to 59, and *, lists, ranges and steps of these'],
    ["1,,2 7 * * *", 'minute "1,,2"; allowed: 0 to 59, and *, lists, ranges and steps of these'],
    ["1-2-3 7 * * *", 'minute "1-2-3"; allowed: 0 to 59, and *, lists, ranges and steps of these'],
    ["0 7 * *", "4 fields; allowed: five"],
  ])("refuses %s", (expression, problem) => {
    expect(cronProblem(expression)).toBe(problem);
  });

  it("accepts nothing that the keeper cannot read, which would end it", () => {
    const number = fc.integer({ min: 0, max: 99 }).map(String);
    const small = fc.integer({ min: 1, max: 12 }).map(String);
    const name = fc.constantFrom("*", "MON", "fri", "SUN", "JAN", "dec");
    const end = fc.oneof(number, small, small, name);
    const range = fc.oneof(
      end,
      fc.tuple(end, end).map((ends) => ends.join("-")),
    );
    const term = fc.oneof(
      range,
      fc.tuple(range, end).map((parts) => parts.join("/")),
    );
    const field = fc.oneof(fc.constant("*"), fc.array(term, { minLength: 1, maxLength: 2 }).map(String));
    let accepted = 0;
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 4 }), field, (position, text) => {
        const start = Array.from({ length: 5 }, (_, i) => (i === position ? text : "*")).join(" ");
        if (cronProblem(start) !== undefined) return;
        accepted += 1;
        const schedule = { start, durationSeconds: 60, minBridges: 1, timeZone: "UTC" };
        expect([0, 1]).toContain(scheduledBridges([schedule], 0, 0));
      }),
      { numRuns: 2000 },
    );
    expect(accepted).toBeGreaterThan(200);
  });
});
