import { buildCatalog } from "../../../model/catalog";
import { simulate } from "../../../simulate/simulate";
import { simulatedPool } from "../../../simulate/simulated-pool";
import { BUILT_IN_TRACES } from "../../../simulate/traces/built-in-traces";
import { aGcpPool } from "../../builders/fleet";

describe("GoogleAutoscaler", () => {
  it("removes nobody's bridge at the beginning of a trace, because it does not know the load yet", () => {
    const trace = BUILT_IN_TRACES.find(({ name }) => name === "flat-night")!;
    const pool = simulatedPool(aGcpPool({ size: { min: 2, max: 30 } }), buildCatalog());
    const { samples } = simulate({ pool, trace, policy: "plain", seed: 1, seconds: 7200, samples: true });
    expect(samples[0]!.active).toBeGreaterThan(2);
    expect(samples.slice(0, 10).map(({ interrupted }) => interrupted)).toEqual(new Array<number>(10).fill(0));
    // Later it does.
    expect(samples.some(({ interrupted }) => interrupted > 0)).toBe(true);
  });
});
