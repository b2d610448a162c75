import type { PolicyName, Sample, SimulationResult } from "../../simulate/result";

const MINUTE = 60;
const DAY = 1440;

/**
 * A week of a pool as a simulation might give it, from formulas: two humps on working days, bridges that follow, and in
 * the evening, when the plain autoscaler removes bridges, people who are interrupted (`plain`) or moved (others).
 */
export function aSimulatedWeek(
  policy: PolicyName,
  overrides: Partial<SimulationResult> = {},
): SimulationResult {
  const samples = Array.from({ length: 7 * DAY }, (_, minute): Sample => {
    const [day, hour] = [Math.floor(minute / DAY), (minute % DAY) / 60];
    const hump = (at: number) => Math.exp(-((hour - at) ** 2) / 4);
    const demand = Math.round((day < 5 ? 300 : 20) * (hump(10.5) + 0.8 * hump(15)) + 8);
    const active = Math.max(2, Math.ceil(demand / 50));
    const isEvening = day < 5 && hour >= 17 && hour < 19;
    return {
      at: minute * MINUTE,
      demand,
      capacity: active * 50,
      booting: day < 5 && hour >= 8 && hour < 8.2 ? 1 : 0,
      active,
      draining: isEvening && policy !== "plain" ? 2 : 0,
      leaving: isEvening && policy !== "plain" && minute % 60 < 10 ? 1 : 0,
      recommended: active,
      overloaded: day < 5 && hour >= 8.5 && hour < 9 ? 1 : 0,
      interrupted: isEvening && policy === "plain" && minute % 20 === 0 ? 12 : 0,
      moved: isEvening && policy !== "plain" && minute % 60 === 0 ? 3 : 0,
      refused: 0,
    };
  });
  const sum = (of: (sample: Sample) => number) => samples.reduce((total, sample) => total + of(sample), 0);
  return {
    policy,
    trace: "office-week",
    seed: 1,
    seconds: 7 * DAY * MINUTE,
    samples,
    totals: {
      participants: 14_000,
      interrupted: sum(({ interrupted }) => interrupted),
      moved: sum(({ moved }) => moved),
      overloadMinutes: sum(({ overloaded }) => overloaded),
      joinsRefused: 0,
      timeToCapacity: { mean: 240, max: 390 },
      bridgeHours:
        sum(({ active, booting, draining, leaving }) => active + booting + draining + leaving) / 60,
      costUsd: 100,
    },
    ...overrides,
  };
}
