import { checkPlacementGroups } from "../../../model/rules/check-placement-groups";
import { aLinodePool } from "../../builders/fleet";
import { findings } from "../../builders/findings";

describe("checkPlacementGroups", () => {
  it.each(["flexible", "strict"] as const)("refuses %s in a distributed site", (placement) => {
    expect(
      findings(checkPlacementGroups, { pools: [aLinodePool({ region: "de-ber-1", placement })] }),
    ).toEqual([
      `pool acme/nl-static placement: "${placement}" needs placement groups, which de-ber-1 does not have; ` +
        "allowed there: none; set placement: none",
    ]);
  });

  it("accepts none there, and groups in a core region", () => {
    const pools = [
      aLinodePool({ region: "de-ber-1", placement: "none" }),
      aLinodePool({ placement: "strict" }),
    ];
    expect(findings(checkPlacementGroups, { pools })).toEqual([]);
  });
});
