import { checkOneReleasePerMesh } from "../../../model/rules/check-one-release-per-mesh";
import type { Release } from "../../../model/versions";
import { aCustomer, aGcpPool, aLinodePool } from "../../builders/fleet";
import { findings } from "../../builders/findings";

const NEWER = "stable-99999" as Release; // the model knows one release so far
const customers = [aCustomer(), aCustomer({ id: "xyz", release: NEWER })];

describe("checkOneReleasePerMesh", () => {
  it("refuses two releases behind one pool, once a customer", () => {
    const pools = [aGcpPool({ serves: ["abc", "xyz"] }), aLinodePool({ serves: ["abc", "xyz"] })];
    expect(findings(checkOneReleasePerMesh, { customers, pools })).toEqual([
      'customer acme/xyz release: "stable-99999" is not the release of customer abc, which shares the bridges of ' +
        "pool eu-burst and runs stable-11146-2; allowed: one release for all that share bridges; change one, " +
        "or give the customer a pool of its own",
    ]);
  });

  it("accepts two releases on two meshes, and skips customers that do not exist", () => {
    const pools = [aGcpPool({ serves: ["nobody", "abc"] }), aLinodePool({ serves: ["xyz"] })];
    expect(findings(checkOneReleasePerMesh, { customers, pools })).toEqual([]);
  });
});
