import { checkBurst } from "../../../model/rules/check-burst";
import type { GcpPool } from "../../../model/fleet";
import { aGcpPool } from "../../builders/fleet";
import { findings } from "../../builders/findings";

const withBurst = (overrides: Partial<GcpPool>, scaling: Partial<GcpPool["scaling"]>) => ({
  pools: [aGcpPool({ ...overrides, scaling: { ...aGcpPool().scaling, ...scaling } })],
});
const schedule = (minBridges: number) => ({
  morning: { start: "45 7 * * *", durationMinutes: 60, minBridges, timeZone: "UTC" },
});

// n2-standard-4 at targetStress 0.5 has room for 30 people, and a new one takes calls after 330 s.
describe("checkBurst", () => {
  it("warns when more people join than fit until a new bridge is up", () => {
    expect(findings(checkBurst, withBurst({}, { burstJoinsPerMinute: 20 }))).toEqual([
      "warning, pool acme/eu-burst scaling.burstJoinsPerMinute: 20 joins a minute outrun the pool: 110 people join " +
        "in the 330 s until another bridge takes calls, and 1 bridge at targetStress 0.5 has room for 30; raise " +
        "size.min, or minBridges of a schedule for the known rush, to 4, or use a larger machineType",
    ]);
  });

  it("says when the maximum is in the way too", () => {
    const [warning] = findings(
      checkBurst,
      withBurst({ size: { min: 2, max: 8 } }, { burstJoinsPerMinute: 50 }),
    );
    expect(warning).toContain("to 10 and size.max to 10 or more, or use a larger machineType");
  });

  it("takes its own advice", () => {
    expect(
      findings(checkBurst, withBurst({ size: { min: 4, max: 8 } }, { burstJoinsPerMinute: 20 })),
    ).toEqual([]);
    expect(findings(checkBurst, withBurst({}, { burstJoinsPerMinute: 20, schedules: schedule(4) }))).toEqual(
      [],
    );
    expect(
      findings(checkBurst, withBurst({ machineType: "n2-standard-16" }, { burstJoinsPerMinute: 20 })),
    ).toEqual([]);
  });

  it("checks nothing that is not promised, and no type that another rule refuses", () => {
    expect(findings(checkBurst, {})).toEqual([]);
    expect(findings(checkBurst, withBurst({ machineType: "unknown" }, { burstJoinsPerMinute: 20 }))).toEqual(
      [],
    );
  });
});
