import { buildCatalog } from "../../model/catalog";
import { POLICIES, type SimulationResult } from "../../simulate/result";
import { simulate, simulateInSteps } from "../../simulate/simulate";
import { simulatedPool } from "../../simulate/simulated-pool";
import { BUILT_IN_TRACES } from "../../simulate/traces/built-in-traces";
import { aGcpPool } from "../builders/fleet";

jest.setTimeout(30_000);

const pool = simulatedPool(aGcpPool({ size: { min: 2, max: 30 } }), { catalog: buildCatalog() });
const DAY = 86_400;
const run = (policy: SimulationResult["policy"], trace = BUILT_IN_TRACES[0]!, samples = false) =>
  simulate({ pool, trace, policy, seed: 7, seconds: DAY, samples });

/** A day under a policy; the same is simulated once. */
const days = new Map<string, SimulationResult>();
function dayOf(...of: Parameters<typeof run>): SimulationResult {
  const key = JSON.stringify([of[0], of[1]?.name, of[2]]);
  const known = days.get(key) ?? run(...of);
  days.set(key, known);
  return known;
}

describe("simulateInSteps", () => {
  it("says each hour of the trace how far it is", () => {
    const options = { pool, trace: BUILT_IN_TRACES[0]!, seed: 1, seconds: 4 * 3600, samples: false };
    const over = [...simulateInSteps({ ...options, policy: "keeper" })];
    expect(over).toEqual([0, 3600, 7200, 10_800, 14_400]);
  });
});

describe("simulate", () => {
  it("gives the same for the same seed, and something else for another", () => {
    expect(run("keeper")).toEqual(run("keeper"));
    const other = simulate({
      pool,
      trace: BUILT_IN_TRACES[0]!,
      policy: "keeper",
      seed: 8,
      seconds: DAY,
      samples: false,
    });
    expect(other.totals.participants).not.toBe(dayOf("keeper").totals.participants);
  });

  it("puts every policy to the same calls", () => {
    const joined = POLICIES.map((policy) => dayOf(policy).totals.participants);
    expect(new Set(joined).size).toBe(1);
  });

  it.each(BUILT_IN_TRACES.map(({ name }) => name))("interrupts nobody with the keeper in %s", (name) => {
    const trace = BUILT_IN_TRACES.find((one) => one.name === name)!;
    const { totals } = dayOf("keeper", trace);
    expect(totals.interrupted).toBe(0);
    expect(dayOf("keeper-never-moves", trace).totals).toMatchObject({ interrupted: 0, moved: 0 });
    // The world is not so quiet that nobody could be: the cloud's own choice cuts calls.
    expect(dayOf("plain", trace).totals.interrupted).toBeGreaterThan(0);
  });

  it("has a sample of each minute, which add up to the totals", () => {
    for (const policy of POLICIES) {
      const { samples, totals } = dayOf(policy, BUILT_IN_TRACES[0], true);
      expect(samples.map(({ at }) => at)).toEqual(Array.from({ length: DAY / 60 }, (_, i) => 60 * (i + 1)));
      const sumOf = (value: (sample: (typeof samples)[number]) => number) =>
        samples.reduce((sum, sample) => sum + value(sample), 0);
      expect(sumOf(({ interrupted }) => interrupted)).toBe(totals.interrupted);
      expect(sumOf(({ moved }) => moved)).toBe(totals.moved);
      expect(sumOf(({ refused }) => refused)).toBe(totals.joinsRefused);
      const minutes = sumOf(
        ({ booting, active, draining, leaving }) => booting + active + draining + leaving,
      );
      expect(Math.abs(minutes / 60 / totals.bridgeHours - 1)).toBeLessThan(0.02);
    }
  });

  it("costs the hours of the machines", () => {
    const { bridgeHours, costUsd } = dayOf("plain").totals;
    expect(costUsd).toBeCloseTo(bridgeHours * 0.218832, 6);
    const unknown = simulatedPool(aGcpPool({ size: { min: 2, max: 30 }, machineType: "n2-highcpu-4" }), {
      catalog: buildCatalog(),
    });
    const { totals } = simulate({
      pool: unknown,
      trace: BUILT_IN_TRACES[4]!,
      policy: "plain",
      seed: 1,
      seconds: 3600,
      samples: false,
    });
    expect(totals.costUsd).toBeNull();
  });

  it("has no policy with fewer hours than the bound", () => {
    for (const trace of BUILT_IN_TRACES) {
      const bound = dayOf("clairvoyant", trace).totals.bridgeHours;
      for (const policy of ["plain", "jitsi", "keeper", "keeper-never-moves"] as const)
        expect(dayOf(policy, trace).totals.bridgeHours).toBeGreaterThan(bound);
    }
  });
});
