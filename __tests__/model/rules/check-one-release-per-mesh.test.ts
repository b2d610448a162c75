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

  it("refuses two images of the bridges behind one pool", () => {
    const jvb = { repository: "registry.acme.example/jvb", tag: "stable-11146-2" };
    const images = { ...aCustomer().images, jvb };
    const [home, other] = [aCustomer(), aCustomer({ id: "xyz", images })];
    const pools = [aGcpPool({ serves: ["abc", "xyz"] })];
    expect(findings(checkOneReleasePerMesh, { customers: [home, other], pools })).toEqual([
      'customer acme/xyz images.jvb: "registry.acme.example/jvb:stable-11146-2" is not the bridge image of customer abc, ' +
        "which shares the bridges of pool eu-burst and runs ghcr.io/jitsi/jvb:stable-11146-2; allowed: one image for " +
        "all that share bridges; change one, or give the customer a pool of its own",
    ]);
    const same = [aCustomer({ images }), other];
    expect(findings(checkOneReleasePerMesh, { customers: same, pools })).toEqual([]);
    const web = { ...aCustomer().images, web: jvb };
    expect(
      findings(checkOneReleasePerMesh, { customers: [home, aCustomer({ id: "xyz", images: web })], pools }),
    ).toEqual([]);
  });

  it("accepts two releases on two meshes, and skips customers that do not exist", () => {
    const pools = [aGcpPool({ serves: ["nobody", "abc"] }), aLinodePool({ serves: ["xyz"] })];
    expect(findings(checkOneReleasePerMesh, { customers, pools })).toEqual([]);
  });
});
