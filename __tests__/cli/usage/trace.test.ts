import { parseMonth, type Month } from "../../../cli/usage/month";
import { monthTrace, traceQueries } from "../../../cli/usage/trace";
import { parseTraceCsv } from "../../../simulate/trace-csv";

const NOW = Date.UTC(2026, 10, 21, 12, 34);
const OCTOBER = parseMonth("2026-10", NOW) as Month;
const NOVEMBER = parseMonth("2026-11", NOW) as Month;
const row = (time: number, numbers: Readonly<Record<string, number>>) => ({ time, tags: {}, numbers });

describe("traceQueries", () => {
  /** From when to when each question of single points is, as days of the month. */
  const days = (month: Month) =>
    traceQueries(month, NOW).raw.map((query) =>
      [...query.matchAll(/[0-9]{13}/g)].map(([time]) => new Date(Number(time)).toISOString().slice(5, 16)),
    );

  it("asks for single points while they are kept, a few days at a time", () => {
    expect(days(NOVEMBER)).toEqual([
      ["11-01T00:00", "11-06T00:00"],
      ["11-06T00:00", "11-11T00:00"],
      ["11-11T00:00", "11-16T00:00"],
      ["11-16T00:00", "11-21T00:00"],
      ["11-21T00:00", "11-21T12:00"],
    ]);
    // 30 days before now is 22 October, 12:34.
    expect(days(OCTOBER)).toEqual([
      ["10-22T14:00", "10-27T14:00"],
      ["10-27T14:00", "11-01T00:00"],
    ]);
    expect(days(parseMonth("2026-09", NOW) as Month)).toEqual([]);
  });
});

describe("monthTrace", () => {
  const EIGHT = Date.UTC(2026, 9, 12, 8);

  it("takes minutes where there are some, and hours elsewhere, each in its middle", () => {
    const hourly = [row(EIGHT - 3_600_000, { participants: 20 }), row(EIGHT, { participants: 999 })];
    const raw = [
      row(EIGHT, { participants: 21.3333, conferences: 5 }),
      row(EIGHT + 60_000, { participants: 22 }),
    ];
    expect(monthTrace(hourly, raw)).toEqual({
      csv:
        "time,participants,conferences\n2026-10-12T07:30:00Z,20,\n2026-10-12T08:00:30Z,21.33,5\n" +
        "2026-10-12T08:01:30Z,22,\n",
      minutes: 2,
      hours: 1,
    });
  });

  it("leaves out what nobody counted", () => {
    expect(monthTrace([row(EIGHT, {})], [row(EIGHT, { conferences: 3 })])).toMatchObject({
      minutes: 0,
      hours: 0,
    });
  });

  it("writes what a simulation reads", () => {
    const { csv } = monthTrace(
      [row(EIGHT, { participants: 20 })],
      [row(EIGHT + 7_200_000, { participants: 2e-7 })],
    );
    expect(parseTraceCsv(csv)).toMatchObject({
      ok: true,
      counts: [{ participants: 20 }, { participants: 0 }],
    });
  });
});
