import type { KeeperSettings } from "../../keeper/decide/settings";
import { KEEPER_DEFAULTS, KEEPER_TIMES } from "../../model/keeper-defaults";
import { keeperSettings } from "../../model/keeper-settings";
import { keeperSchema } from "../../model/schema/keeper";
import { aGcpPool } from "../builders/fleet";

/** Compiles only while the model makes exactly what `decide` takes: not a key less, not one more. */
type Made = ReturnType<typeof keeperSettings>;
const exactly: [keyof Made] extends [keyof KeeperSettings] ? true : never = true;
const settingsOf = (...args: Parameters<typeof keeperSettings>): KeeperSettings => keeperSettings(...args);

describe("keeperSettings", () => {
  it("says in seconds what a pool's file says", () => {
    const { scaling } = aGcpPool();
    const pool = aGcpPool({
      size: { min: 2, max: 9 },
      scaling: { ...scaling, bootSeconds: 170 },
      drainDeadlineMinutes: 45,
      keeper: keeperSchema.parse({
        drainsAtOnce: 4,
        fullStress: 0.55,
        releaseStress: 0.65,
        surplusMinutes: 2.5,
        protectMinutes: 12,
        moveAtDeadline: false,
        moveEarlyBelow: 3,
        mixedReleasesMinutes: 90,
      }),
    });
    expect(exactly && settingsOf(pool)).toEqual({
      min: 2,
      drainsAtOnce: 4,
      fullStress: 0.55,
      releaseStress: 0.65,
      surplusSeconds: 150,
      protectSeconds: 720,
      drainDeadlineSeconds: 2700,
      moveAtDeadline: false,
      moveEarlyBelow: 3,
      moveEarlySeconds: 300,
      bootSeconds: 170,
      mixedSeconds: 5400,
      ...{ staleSeconds: KEEPER_TIMES.staleSeconds, settleSeconds: KEEPER_TIMES.settleSeconds },
    });
  });

  it("takes the defaults where the file says nothing", () => {
    expect(aGcpPool().keeper).toEqual(KEEPER_DEFAULTS);
  });
});
