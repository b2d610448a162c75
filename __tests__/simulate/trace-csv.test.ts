import { parseTraceCsv } from "../../simulate/trace-csv";

/** What is wrong with the rows below a header of all three columns: `line: message`. */
function problemsOf(...rows: readonly string[]): string[] {
  const parsed = parseTraceCsv(["time,participants,conferences", ...rows].join("\n"));
  return parsed.ok ? [] : parsed.problems.map(({ line, message }) => `${line}: ${message}`);
}

function headerProblem(header: string): string | undefined {
  const parsed = parseTraceCsv(`${header}\n`);
  return parsed.ok ? undefined : parsed.problems[0]!.message;
}

const T = Date.UTC(2026, 9, 12, 8) / 1000;

describe("parseTraceCsv", () => {
  it("reads ISO times, with the conferences where they are known", () => {
    expect(
      parseTraceCsv(
        "time,participants,conferences\n2026-10-12T08:00:00Z,12,3\n2026-10-12T10:01:00+02:00,13.5,\n",
      ),
    ).toEqual({
      ok: true,
      counts: [
        { time: T, participants: 12, conferences: 3 },
        { time: T + 60, participants: 13.5, conferences: undefined },
      ],
    });
  });

  it.each([
    ["Unix seconds", `time,participants\n${T},1\n${T + 60},2`],
    ["columns in another order", `participants,time\n1,${T}\n2,${T + 60}`],
    ["quotes, spaces, capitals and empty lines", `"Time", "Participants"\n"${T}","1"\n\n${T + 60}, 2\n\n`],
    ["a byte order mark and Windows line ends", `\ufefftime,participants\r\n${T},1\r\n${T + 60},2\r\n`],
    [
      "times with a blank and fractions",
      `time,participants\n2026-10-12 08:00:00.000Z,1\n2026-10-12 08:01Z,2e0`,
    ],
  ])("reads %s", (_, text) =>
    expect(parseTraceCsv(text)).toEqual({
      ok: true,
      counts: [
        { time: T, participants: 1, conferences: undefined },
        { time: T + 60, participants: 2, conferences: undefined },
      ],
    }),
  );

  it("finds everything that is wrong in one go, with its line", () =>
    expect(
      problemsOf(
        "2026-10-12T08:00:00Z,12,3",
        "yesterday,12,3",
        "2026-10-12T08:01:00,12,3",
        `${T * 1000},12,3`,
        "2026-10-12T08:00:00Z,12,3",
        "2026-10-12T08:02:00Z,,3",
        "2026-10-12T08:02:00Z,-1,3",
        "2026-10-12T08:02:00Z,1,many",
        "2026-10-12T08:02:00Z,12,5,3",
        "2026-10-12T08:02:00Z,1e9,3",
        "2026-02-30T08:61:00Z,1,3",
      ),
    ).toEqual([
      '3: time "yesterday" is no time; allowed: such as 2026-10-12T08:00:30Z, or seconds since 1970 such as 1791792030',
      '4: time "2026-10-12T08:01:00" has no zone; allowed: such as 2026-10-12T08:00:30Z, or seconds since 1970 such as 1791792030; add Z where it is UTC',
      '5: time "1791792000000" is not in seconds; allowed: such as 2026-10-12T08:00:30Z, or seconds since 1970 such as 1791792030; divide milliseconds by 1000',
      '6: time "2026-10-12T08:00:00Z" is not later than the one before; allowed: rising times; sort the rows, and remove what is there twice',
      '7: participants "" is no count; allowed: a number from 0 to 1000000; leave the row out where nobody counted',
      '8: participants "-1" is no count; allowed: a number from 0 to 1000000',
      '9: conferences "many" is no count; allowed: a number from 0 to 1000000',
      "10: 4 cells; allowed: 3, as in the first line (a number has a point, no comma)",
      '11: participants "1e9" is no count; allowed: a number from 0 to 1000000',
      '12: time "2026-02-30T08:61:00Z" is no time; allowed: such as 2026-10-12T08:00:30Z, or seconds since 1970 such as 1791792030',
    ]));

  it.each([
    ["", 'column "" is unknown'],
    ["2026-10-12T08:00:00Z,12,3", 'column "2026-10-12t08:00:00z" is unknown'],
    ["time,participant", 'column "participant" is unknown'],
    ["time,participants,time", "column time is there twice"],
    ["time,conferences", "column participants is missing"],
    ["time;participants", 'the header "time;participants" has no comma'],
  ])("refuses the header %j", (header, what) => {
    expect(headerProblem(header)).toContain(
      `${what}; allowed: the columns time, participants and, if you like, conferences, separated by commas`,
    );
  });

  it("wants two rows at least", () => {
    expect(problemsOf()).toEqual(["1: counts: 0; allowed: at least two rows of them"]);
    expect(problemsOf(`${T},1,1`)).toEqual(["2: counts: 1; allowed: at least two rows of them"]);
  });
});
