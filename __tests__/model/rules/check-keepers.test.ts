import { KEEPER_DEFAULTS } from "../../../model/keeper-defaults";
import { checkKeepers } from "../../../model/rules/check-keepers";
import { keeperSchema } from "../../../model/schema/keeper";
import { aGcpPool, aLinodePool } from "../../builders/fleet";
import { findings } from "../../builders/findings";

const { scaling } = aGcpPool();
const found = (keeper: object, pool: Parameters<typeof aGcpPool>[0] = {}) =>
  findings(checkKeepers, {
    pools: [aGcpPool({ ...pool, keeper: keeperSchema.parse(keeper) }), aLinodePool()],
  });

describe("checkKeepers", () => {
  it.each([
    { fullStress: 0.6, releaseStress: 0.6 },
    { fullStress: 0.6, releaseStress: 0.5 },
  ])("refuses to take bridges back before the others are full: %j", (keeper) => {
    expect(found(keeper)).toEqual([
      `pool acme/eu-burst keeper.releaseStress: ${keeper.releaseStress} is not above keeper.fullStress, which is ` +
        `${keeper.fullStress}, so that bridges would be drained and taken back by turns; allowed: above ` +
        `${keeper.fullStress} and below 0.8, from where on Jicofo avoids a bridge; raise it, or lower fullStress`,
    ]);
  });

  it("accepts what is just above", () => {
    expect(found({ fullStress: 0.6, releaseStress: 0.61 })).toEqual([]);
  });

  it("warns of bridges that would be drained while the autoscaler wants them", () => {
    expect(
      found({ fullStress: 0.5, releaseStress: 0.7 }, { scaling: { ...scaling, targetStress: 0.5 } }),
    ).toEqual([
      "warning, pool acme/eu-burst keeper.fullStress: 0.5 is not below scaling.targetStress, which is 0.5, so that the " +
        "autoscaler wants the bridges that the keeper drains: they run on, empty, while the others are full; useful: " +
        "two thirds of targetStress, 0.33; lower it, or raise targetStress",
    ]);
    expect(found({ fullStress: 0.49 }, { scaling: { ...scaling, targetStress: 0.5 } })).toEqual([]);
    expect(found({}, { scaling: { ...scaling, targetStress: 0.4 } })).toEqual([
      "warning, pool acme/eu-burst scaling.targetStress: 0.4 is not above keeper.fullStress, which is 0.42, so that the " +
        "autoscaler wants the bridges that the keeper drains: they run on, empty, while the others are full; write " +
        "keeper.fullStress, useful: two thirds of targetStress, 0.27; or raise targetStress",
    ]);
  });

  it("warns of a number of drains that limits nothing", () => {
    expect(found({ drainsAtOnce: 8 })).toEqual([
      "warning, pool acme/eu-burst keeper.drainsAtOnce: 8 is no limit, because size.max is 8 and the last bridge is " +
        "never drained; useful: 1 to 7; lower it",
    ]);
    expect(found({ drainsAtOnce: 7 })).toEqual([]);
    expect(found({ drainsAtOnce: 1 }, { size: { min: 1, max: 1 } })).toContain(
      "warning, pool acme/eu-burst keeper.drainsAtOnce: 1 is no limit, because size.max is 1 and the last bridge is " +
        "never drained; useful: none; remove it",
    );
  });

  it("bothers nobody for the default in a small pool", () => {
    const size = { min: 1, max: KEEPER_DEFAULTS.drainsAtOnce };
    expect(found({}, { size })).toEqual([]);
  });

  it("warns of a protection that ends while the bridge boots", () => {
    const slow = { scaling: { ...scaling, bootSeconds: 630 } };
    expect(found({ protectMinutes: 10 }, slow)).toEqual([
      "warning, pool acme/eu-burst keeper.protectMinutes: 10 is over before scaling.bootSeconds (630) are, so a bridge " +
        "that boots counts as silent, and meanwhile none is drained; useful: 11 or more; raise it",
    ]);
    expect(found({ protectMinutes: 11 }, slow)).toEqual([]);
  });

  it("warns of a pool without room for a renewal", () => {
    expect(found({}, { size: { min: 3, max: 3 } })).toEqual([
      "warning, pool acme/eu-burst size.max: 3 is size.min, too, so no new bridge can run beside an old one and the " +
        "keeper renews none of them; useful: 4 or more; raise it, or renew bridges by hand (docs/operations.md)",
    ]);
    for (const size of [
      { min: 3, max: 4 },
      { min: 4, max: 3 },
    ])
      expect(found({}, { size })).toEqual([]);
  });

  it("asks nothing of a pool without a keeper", () => {
    expect(found({ mode: "off", fullStress: 0.7, releaseStress: 0.5, drainsAtOnce: 50 })).toEqual([]);
    expect(found({ mode: "observe", fullStress: 0.6, releaseStress: 0.5 })).toHaveLength(1);
  });
});
