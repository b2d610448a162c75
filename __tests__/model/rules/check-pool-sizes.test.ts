import { checkPoolSizes } from "../../../model/rules/check-pool-sizes";
import { aGcpPool } from "../../builders/fleet";
import { findings } from "../../builders/findings";

describe("checkPoolSizes", () => {
  it("refuses a minimum above the maximum", () => {
    expect(findings(checkPoolSizes, { pools: [aGcpPool({ size: { min: 9, max: 8 } })] })).toEqual([
      "pool acme/eu-burst size.min: 9 is more than size.max; allowed: 1 to 8; lower it, or raise size.max",
    ]);
  });

  it("accepts a pool that never grows", () => {
    expect(findings(checkPoolSizes, { pools: [aGcpPool({ size: { min: 8, max: 8 } })] })).toEqual([]);
  });
});
