import { checkSubnetCapacity } from "../../../model/rules/check-subnet-capacity";
import { aCustomer, aGcpPool, aLinodePool, anAccount } from "../../builders/fleet";
import { findings } from "../../builders/findings";

const withPools = (cidr: string, ...sizes: { min: number; max: number }[]) => ({
  accounts: [
    anAccount({ gcp: { project: "acme-meet-prod", network: { regions: { "europe-west4": cidr } } } }),
  ],
  customers: [aCustomer(), aCustomer({ id: "xyz" })],
  pools: [...sizes.map((size, n) => aGcpPool({ id: `pool-${n}`, size })), aLinodePool({ size: 50 })],
});
const AT = "account acme gcp.network.regions.europe-west4";

// A /29 has 8 addresses, of which Google keeps 4; a /28 leaves 12.
describe("checkSubnetCapacity", () => {
  it("refuses a subnet that what always runs does not fit into", () => {
    expect(findings(checkSubnetCapacity, withPools("10.20.0.0/29", { min: 3, max: 3 }))).toEqual([
      `${AT}: "10.20.0.0/29" has room for 4 machines, and europe-west4 always runs 2 servers and 3 bridges; ` +
        "allowed: /28 or wider; write one: a range grows in place",
    ]);
  });

  it("refuses a pool that can never reach its maximum", () => {
    expect(findings(checkSubnetCapacity, withPools("10.20.0.0/29", { min: 1, max: 8 }))).toEqual([
      'pool acme/pool-0 size.max: 8 bridges do not fit: "10.20.0.0/29" has room for 4 machines in europe-west4, ' +
        "of which others take 2; allowed: at most 2; lower it, or write /28 or wider in " +
        "accounts/acme/account.yaml: a range grows in place",
    ]);
  });

  it("warns of pools that cannot all reach their maximum at once", () => {
    expect(
      findings(checkSubnetCapacity, withPools("10.20.0.0/28", { min: 1, max: 6 }, { min: 1, max: 6 })),
    ).toEqual([
      `warning, ${AT}: "10.20.0.0/28" has room for 12 machines, and the servers and pools of europe-west4 may grow ` +
        "to 14 together; allowed: /27 or wider; write one: a range grows in place",
    ]);
  });

  it("leaves a range that is no subnet to another rule", () => {
    expect(findings(checkSubnetCapacity, withPools("10.20.0.0/30", { min: 1, max: 8 }))).toEqual([]);
  });

  it("accepts what just fits, and what runs elsewhere", () => {
    expect(findings(checkSubnetCapacity, withPools("10.20.0.0/29", { min: 1, max: 2 }))).toEqual([]);
    expect(
      findings(checkSubnetCapacity, withPools("10.20.0.0/28", { min: 1, max: 5 }, { min: 1, max: 5 })),
    ).toEqual([]);
    const elsewhere = {
      ...withPools("10.20.0.0/29"),
      pools: [aGcpPool({ region: "us-east1", size: { min: 9, max: 9 } })],
    };
    expect(findings(checkSubnetCapacity, elsewhere)).toEqual([]);
  });
});
