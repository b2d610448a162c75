import { checkUpgrades } from "../../../model/rules/check-upgrades";
import { aCustomer, aGcpPool, aLinodePool } from "../../builders/fleet";
import { findings } from "../../builders/findings";

const next = (tag: string) => ({ nextImage: { tag } });

describe("checkUpgrades", () => {
  it("lets pools of the next image stand beside those of the customer's", () => {
    const pools = [
      aGcpPool(),
      aGcpPool({ id: "eu-next", ...next("stable-12000") }),
      aLinodePool(next("stable-12000")),
    ];
    expect(findings(checkUpgrades, { pools })).toEqual([]);
  });

  it("refuses a second upgrade beside the first", () => {
    const pools = [aGcpPool(next("stable-12000")), aLinodePool(next("stable-13000"))];
    expect(findings(checkUpgrades, { pools })).toEqual([
      'pool acme/nl-static nextImage: "ghcr.io/jitsi/jvb:stable-13000" would be the third image among the bridges of ' +
        'customer abc, beside "ghcr.io/jitsi/jvb:stable-11146-2" and "ghcr.io/jitsi/jvb:stable-12000" of pool ' +
        "eu-burst; allowed: one upgrade at a time; finish it first",
    ]);
  });

  it("sees meshes, not accounts: other customers upgrade when they like", () => {
    const pools = [aGcpPool(next("stable-12000")), aLinodePool({ serves: ["xyz"], ...next("stable-13000") })];
    expect(findings(checkUpgrades, { customers: [aCustomer(), aCustomer({ id: "xyz" })], pools })).toEqual(
      [],
    );
  });

  it("says when an upgrade is over", () => {
    const pools = [aGcpPool(next("stable-11146-2")), aLinodePool()];
    expect(findings(checkUpgrades, { pools })).toEqual([
      'warning, pool acme/eu-burst nextImage: its customers name "ghcr.io/jitsi/jvb:stable-11146-2" by now: the upgrade is over; ' +
        "remove it",
    ]);
  });
});
