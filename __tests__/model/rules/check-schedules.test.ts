import { checkSchedules } from "../../../model/rules/check-schedules";
import { aGcpPool } from "../../builders/fleet";
import { findings } from "../../builders/findings";

function withSchedule(
  start: string,
  minBridges: number,
  { size = { min: 2, max: 8 }, timeZone = "UTC" } = {},
) {
  const { scaling } = aGcpPool();
  const schedules = { morning: { start, minBridges, durationMinutes: 60, timeZone } };
  return { pools: [aGcpPool({ size, scaling: { ...scaling, schedules } })] };
}
const AT = "pool acme/eu-burst scaling.schedules.morning";

describe("checkSchedules", () => {
  it("refuses a time that does not exist", () => {
    expect(findings(checkSchedules, withSchedule("45 25 * * MON-FRI", 4))).toEqual([
      `${AT}.start: "45 25 * * MON-FRI" never begins: hour "25"; allowed: 0 to 23, and *, lists, ranges and steps ` +
        'of these; write it like "45 7 * * MON-FRI"',
    ]);
  });

  it("refuses more bridges than the pool may have", () => {
    expect(findings(checkSchedules, withSchedule("45 7 * * *", 9))).toEqual([
      `${AT}.minBridges: 9 is more than size.max; allowed: at most 8; lower it, or raise size.max`,
    ]);
  });

  it("warns of a schedule that changes nothing", () => {
    expect(findings(checkSchedules, withSchedule("45 7 * * *", 2))).toEqual([
      `warning, ${AT}.minBridges: 2 changes nothing, because size.min is 2; useful: 3 to 8; ` +
        "raise it, or remove the schedule",
    ]);
  });

  it("warns of a schedule in a pool that cannot grow", () => {
    expect(findings(checkSchedules, withSchedule("45 7 * * *", 8, { size: { min: 8, max: 8 } }))).toEqual([
      `warning, ${AT}.minBridges: 8 changes nothing, because size.min and size.max are 8; ` +
        "useful: none; raise size.max, or remove the schedule",
    ]);
  });

  it("says nothing of bounds that are out of order: another rule does", () => {
    expect(findings(checkSchedules, withSchedule("45 7 * * *", 4, { size: { min: 9, max: 8 } }))).toEqual([]);
  });

  it("refuses a time zone that does not exist, in every pool", () => {
    const { pools } = withSchedule("45 7 * * *", 4, { timeZone: "Europe/Amsterdm" });
    const message =
      'scaling.schedules.morning.timeZone: "Europe/Amsterdm" is not a known time zone; allowed: names of the IANA ' +
      'time zone database; did you mean "Europe/Amsterdam"?';
    expect(findings(checkSchedules, { pools: [...pools, { ...pools[0]!, id: "us-burst" }] })).toEqual([
      `pool acme/eu-burst ${message}`,
      `pool acme/us-burst ${message}`,
    ]);
  });

  it("accepts a schedule between the bounds", () => {
    expect(findings(checkSchedules, withSchedule("45 7 * * MON-FRI", 8))).toEqual([]);
  });
});
