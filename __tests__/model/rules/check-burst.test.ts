import { checkBurst } from "../../../model/rules/check-burst";
import type { GcpPool } from "../../../model/fleet";
import { aGcpPool } from "../../builders/fleet";
import { findings } from "../../builders/findings";

/** @param scaling.targetStress @default 0.6 */
const withBurst = (overrides: Partial<GcpPool>, scaling: Partial<GcpPool["scaling"]>) => ({
  pools: [aGcpPool({ ...overrides, scaling: { ...aGcpPool().scaling, targetStress: 0.6, ...scaling } })],
});
const withKeeper = (keeper: Partial<GcpPool["keeper"]>) => ({
  keeper: { ...aGcpPool().keeper, ...keeper },
});
const schedule = (minBridges: number, burstJoinsPerMinute?: number) => ({
  morning: {
    ...{ start: "45 7 * * *", durationMinutes: 60, minBridges, timeZone: "UTC" },
    ...(burstJoinsPerMinute !== undefined && { burstJoinsPerMinute }),
  },
});
const sized = (min: number, max = 20) => ({ size: { min, max } });

/*
 * n2-standard-4 carries 100 people at stress 1. The autoscaler lets it come to 0.6, so 20 more fit until 0.8. A new bridge
 * takes calls 180 + 150 = 330 s after the load: 20 joins a minute are 110 people by then, and 110 / 20 are 6 bridges.
 */
describe("checkBurst", () => {
  it("warns when more people join than fit until a new bridge is up", () => {
    expect(findings(checkBurst, withBurst({}, { burstJoinsPerMinute: 20 }))).toEqual([
      "warning, pool acme/eu-burst scaling.burstJoinsPerMinute: 20 joins a minute outrun the pool: 110 people join " +
        "in the 330 s until another bridge takes calls, and 1 bridge at targetStress 0.6 has room for 20; raise " +
        "size.min to 6; or for a rush at a known time add a schedule with minBridges 6 and burstJoinsPerMinute 20 that " +
        "starts 4 minutes before it, and lower scaling's own to what comes at any time; or use a larger machineType",
    ]);
  });

  it("counts from the default where the file says nothing", () => {
    // 15 people fit between 0.65 and 0.8; 110 / 15 are 8 bridges.
    const pool = aGcpPool();
    const scaling = { ...pool.scaling, burstJoinsPerMinute: 20 };
    expect(findings(checkBurst, { pools: [{ ...pool, ...sized(7), scaling }] })).toEqual([
      expect.stringContaining(
        "and 7 bridges at targetStress 0.65 have room for 105; raise size.min to 8; or",
      ),
    ]);
    expect(findings(checkBurst, { pools: [{ ...pool, ...sized(8), scaling }] })).toEqual([]);
  });

  it("counts from targetStress where the autoscaler lets the bridges be fuller than the keeper does", () => {
    // 5 people fit between 0.75 and 0.8; 5 a minute are 27.5, so 28 people.
    const [warning] = findings(
      checkBurst,
      withBurst(
        { ...sized(5), ...withKeeper({ fullStress: 0.7 }) },
        { burstJoinsPerMinute: 5, targetStress: 0.75, targetCpu: 0.8 },
      ),
    );
    expect(warning).toContain("and 5 bridges at targetStress 0.75 have room for 25; raise size.min to 6; or");
  });

  it("counts from targetCpu where that asks for another bridge first", () => {
    // Processors at 0.45 of 0.9 are stress 0.5: 30 people fit until 0.8, where 0.7 would leave room for 10.
    const cpu = { burstJoinsPerMinute: 20, targetStress: 0.7, targetCpu: 0.45 };
    expect(findings(checkBurst, withBurst(sized(1), cpu))[0]).toContain(
      "1 bridge at targetCpu 0.45 (stress 0.5) has room for 30; raise size.min to 4; or",
    );
    // What processors do at so many packets nobody knows.
    const load = { measurement: "packet-rate" as const, packetsPerSecond: 40_000 };
    expect(findings(checkBurst, withBurst({ bridge: { ...aGcpPool().bridge, load } }, cpu))[0]).toContain(
      "1 bridge at targetStress 0.7 has room for 10; raise size.min to 11 (and size.max",
    );
  });

  it("counts from what the pool's own keeper packs its bridges to, where that is fuller", () => {
    const room = (mode: GcpPool["keeper"]["mode"]) =>
      findings(checkBurst, withBurst(withKeeper({ fullStress: 0.75, mode }), { burstJoinsPerMinute: 20 }))[0];
    // 110 people against 5, and against 20.
    expect(room("act")).toContain("1 bridge at keeper.fullStress 0.75 has room for 5; raise size.min to 22");
    for (const mode of ["observe", "off"] as const)
      expect(room(mode)).toContain("1 bridge at targetStress 0.6 has room for 20; raise size.min to 6");
  });

  it("says when the maximum is in the way too", () => {
    // 50 a minute are 275 people, and 275 / 20 are 14 bridges.
    const [warning] = findings(checkBurst, withBurst(sized(2, 8), { burstJoinsPerMinute: 50 }));
    expect(warning).toContain("raise size.min to 14 (and size.max to 14 or more); or");
    expect(warning).toContain("minBridges 14 (and size.max to 14 or more) and burst");
  });

  it("counts the bridges of a schedule only while it runs", () => {
    const [enough] = findings(checkBurst, withBurst({}, { burstJoinsPerMinute: 20, schedules: schedule(6) }));
    expect(enough).toContain(
      "and 1 bridge at targetStress 0.6 has room for 20; raise size.min to 6; or if they come only while " +
        "schedule morning (45 7 * * *, 60 minutes) runs, whose 6 bridges are enough, write burstJoinsPerMinute there, " +
        "and lower scaling's own to what comes at any time; or use",
    );
    const both = { evening: { ...schedule(3).morning, start: "0 19 * * *" }, ...schedule(5) };
    const [few] = findings(checkBurst, withBurst({}, { burstJoinsPerMinute: 20, schedules: both }));
    expect(few).toContain(
      "schedule morning (45 7 * * *, 60 minutes) runs, raise its minBridges from 5 to 6, write",
    );
  });

  it("sends nobody to a schedule that has a burst of its own", () => {
    const [warning] = findings(
      checkBurst,
      withBurst({}, { burstJoinsPerMinute: 4, schedules: schedule(6, 20) }),
    );
    expect(warning).toContain(
      "raise size.min to 2; or lower it to what comes outside of schedule morning (45 7 * * *, 60 minutes), which has " +
        "its own; or use",
    );
  });

  it("holds the burst of a schedule against the bridges that run meanwhile", () => {
    expect(
      findings(checkBurst, withBurst({}, { burstJoinsPerMinute: 3, schedules: schedule(5, 20) })),
    ).toEqual([
      "warning, pool acme/eu-burst scaling.schedules.morning.burstJoinsPerMinute: while schedule morning (45 7 * * *, " +
        "60 minutes) runs, 20 joins a minute outrun the pool: 110 people join in the 330 s until another bridge takes " +
        "calls, and 5 bridges at targetStress 0.6 have room for 100; raise its minBridges from 5 to 6, or use a " +
        "larger machineType",
    ]);
    // size.min holds meanwhile, too.
    expect(findings(checkBurst, withBurst(sized(6), { schedules: schedule(5, 20) }))).toEqual([]);
  });

  it.each([
    ["size.min", sized(6), { burstJoinsPerMinute: 20 }],
    // 3 a minute are 16.5, so 17 people: they fit on the one bridge of the nights.
    ["a schedule of its own", {}, { burstJoinsPerMinute: 3, schedules: schedule(6, 20) }],
    // 16 processors have room for 80: 110 / 80 are 2.
    ["a larger machine", { machineType: "n2-standard-16", ...sized(2) }, { burstJoinsPerMinute: 20 }],
  ])("takes its own advice: %s", (_, overrides, scaling) =>
    expect(findings(checkBurst, withBurst(overrides, scaling))).toEqual([]),
  );

  it("checks nothing that is not promised, and no type that another rule refuses", () => {
    expect(findings(checkBurst, {})).toEqual([]);
    expect(findings(checkBurst, withBurst({ machineType: "unknown" }, { burstJoinsPerMinute: 20 }))).toEqual(
      [],
    );
  });
});
