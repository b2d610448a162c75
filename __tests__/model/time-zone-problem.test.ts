import { timeZoneProblem } from "../../model/time-zone-problem";

const refusal = (name: string, wayOut: string) =>
  `"${name}" is not a known time zone; allowed: names of the IANA time zone database; ${wayOut}`;

describe("timeZoneProblem", () => {
  it.each(["UTC", "Europe/Amsterdam", "America/Argentina/Buenos_Aires", "Etc/GMT+5", "CET"])(
    "accepts %s",
    (name) => expect(timeZoneProblem(name)).toBeUndefined(),
  );

  it.each(["Asia/Kolkata", "Asia/Calcutta", "US/Eastern", "Europe/Kyiv", "Europe/Kiev"])(
    "accepts %s, whichever name of the zone Node lists",
    (name) => expect(timeZoneProblem(name)).toBeUndefined(),
  );

  it.each([
    ["Europe/Amsterdm", "Europe/Amsterdam"],
    ["europe/amsterdam", "Europe/Amsterdam"],
    ["Amsterdam", "Europe/Amsterdam"],
    ["Europe/New_York", "America/New_York"],
    ["utc", "UTC"],
  ])("refuses %s and suggests %s", (name, suggestion) =>
    expect(timeZoneProblem(name)).toBe(refusal(name, `did you mean "${suggestion}"?`)),
  );

  it.each(["CEST", "PST", "Mars/Olympus"])("refuses %s, which resembles nothing", (name) =>
    expect(timeZoneProblem(name)).toBe(refusal(name, 'write it like "Europe/Amsterdam"')),
  );
});
