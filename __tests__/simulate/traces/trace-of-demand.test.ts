import { traceOfDemand } from "../../../simulate/traces/trace-of-demand";
import type { Calls } from "../../../simulate/trace";

/** People in calls, and calls with somebody in them, at a time. */
function presentAt({ participants, joinAt, leaveAt, conferenceOf }: Calls, time: number) {
  const there = Array.from({ length: participants }, (_, p) => p).filter(
    (p) => joinAt[p]! <= time && leaveAt[p]! > time,
  );
  return { people: there.length, calls: new Set(there.map((p) => conferenceOf[p])).size };
}

describe("traceOfDemand", () => {
  const HOUR = 3600;
  const points = [
    { at: 1000, participants: 10 },
    { at: 1000 + 2 * HOUR, participants: 300 },
    { at: 1000 + 4 * HOUR, participants: 300 },
    { at: 1000 + 5 * HOUR, participants: 0 },
  ];
  const trace = traceOfDemand(points, { name: "measured", startsAt: 0 });

  it("has as many people in calls as were measured, minute for minute", () => {
    expect(trace.seconds).toBe(5 * HOUR);
    const calls = trace.callsOf(3, trace.seconds);
    for (const [hours, people] of [
      [0.5, 82],
      [1, 155],
      [2, 300],
      [3.4, 300],
      [4.5, 150],
    ] as const) {
      const { people: there } = presentAt(calls, hours * HOUR + 30);
      expect(Math.abs(there - people)).toBeLessThanOrEqual(Math.max(3, people * 0.03));
    }
  });

  it("has everybody there who was there at the first point", () =>
    expect(presentAt(trace.callsOf(3, HOUR), 0).people).toBe(10));

  it("makes as many calls of them as were measured", () => {
    const busy = { participants: 400, conferences: 20 };
    const large = traceOfDemand(
      [
        { at: 0, ...busy },
        { at: 3 * HOUR, ...busy },
      ],
      { name: "lectures", startsAt: 0 },
    );
    const counts = [1, 1.5, 2, 2.5].map((hours) => presentAt(large.callsOf(1, 3 * HOUR), hours * HOUR).calls);
    for (const calls of counts) {
      expect(calls).toBeGreaterThan(10);
      expect(calls).toBeLessThan(50);
    }
  });

  it("draws other calls with another seed, and the same with the same", () => {
    const starts = (seed: number) => [...trace.callsOf(seed, HOUR).joinAt].slice(0, 50);
    expect(starts(1)).toEqual(starts(1));
    expect(starts(1)).not.toEqual(starts(2));
  });

  it("refuses points that make no trace", () => {
    const of = (points: Parameters<typeof traceOfDemand>[0]) => () =>
      traceOfDemand(points, { name: "x", startsAt: 0 });
    expect(of([{ at: 0, participants: 1 }])).toThrow("at least two points");
    expect(
      of([
        { at: 0, participants: 1 },
        { at: 90, participants: 1 },
        { at: 60, participants: 1 },
        { at: 120, participants: 1 },
      ]),
    ).toThrow("point 3 is earlier");
    expect(
      of([
        { at: 0, participants: 1 },
        { at: 60, participants: -1 },
      ]),
    ).toThrow("point 2 has -1 participants");
  });
});
