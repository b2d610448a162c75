import { checkLinodeBridges } from "../../../model/rules/check-linode-bridges";
import { aGcpPool, aLinodePool, anAccount } from "../../builders/fleet";
import { findings } from "../../builders/findings";

const found = (overrides: Parameters<typeof aLinodePool>[0]) =>
  findings(checkLinodeBridges, { pools: [aGcpPool(), aLinodePool({ size: 3, ...overrides })] });

describe("checkLinodeBridges", () => {
  it("refuses to drain more bridges than there are", () => {
    expect(found({ draining: 4 })).toEqual([
      "pool acme/nl-static draining: 4 is more than the pool has; allowed: 0 to 3; lower it together with size",
    ]);
  });

  it("refuses words about a bridge that the pool does not have", () => {
    expect(found({ bridges: { "bridge-3": { generation: 2 }, "bridge-10": { generation: 2 } } })).toEqual([
      "pool acme/nl-static bridges.bridge-10: the pool has no such bridge; allowed: bridge-1 to bridge-3; remove the entry",
    ]);
  });

  it("refuses a pinned machine behind a bastion that is not pinned", () => {
    const hostKey = `ssh-ed25519 ${"A".repeat(68)}`;
    const pools = [aLinodePool({ bridges: { "bridge-2": { generation: 1, hostKey } } })];
    const account = (bastion: { hostKey?: string }) => {
      const { operators, ...rest } = anAccount();
      const all = { host: "bastion.acme.example", port: 22, user: "root", ...bastion };
      return { ...rest, operators: { ...operators, bastion: all } };
    };
    expect(findings(checkLinodeBridges, { accounts: [account({})], pools })).toEqual([
      "pool acme/nl-static bridges.bridge-2.hostKey: the bastion of account acme has no hostKey, and Terraform checks " +
        "both or none; allowed: both; add operators.bastion.hostKey in accounts/acme/account.yaml",
    ]);
    expect(findings(checkLinodeBridges, { accounts: [account({ hostKey })], pools })).toEqual([]);
  });

  it("accepts a pool of which every bridge is drained", () => {
    expect(found({ draining: 3, bridges: { "bridge-1": { generation: 2 } } })).toEqual([]);
  });
});
