import { buildLinodeBridgeFirewall } from "../../../modules/linode/bridge-firewall";
import { buildLinodeBridges } from "../../../modules/linode/bridges";
import { buildPlacementGroups } from "../../../modules/linode/placement-groups";
import type { LinodePool } from "../../../model/fleet";
import { aLinodePool } from "../../builders/fleet";
import { terraformOf } from "../../builders/terraform";

const bridges = (overrides: Partial<LinodePool> = {}, placed = true) =>
  terraformOf((stack) => {
    const pool = aLinodePool(overrides);
    buildLinodeBridges(stack, {
      pool,
      firewall: buildLinodeBridgeFirewall(stack, { label: "acme-nl-static", tags: [], sshFrom: [] }),
      groupOf: placed ? buildPlacementGroups(stack, { pool, policy: "flexible", limit: 5 }) : undefined,
      authorizedKeys: ["ssh-ed25519 AAAA ops"],
      userData: "${local.user_data}",
      tags: ["fleet-account:acme"],
    });
  }).resource;

describe("buildLinodeBridges", () => {
  it("numbers the machines from 1, so that a larger size only adds", () => {
    const [three, four] = [3, 4].map((size) => bridges({ size }).linode_instance);
    expect(Object.keys(three)).toEqual(["bridge-1", "bridge-2", "bridge-3"]);
    expect(four).toEqual({ ...three, "bridge-4": expect.objectContaining({ label: "acme-nl-static-4" }) });
  });

  it("fills one placement group after the other", () => {
    const { linode_instance: machines, linode_placement_group: groups } = bridges({ size: 6 });
    const groupOf = (number: number) => machines[`bridge-${number}`].placement_group.id;
    expect(Object.keys(groups)).toEqual(["bridges-1", "bridges-2"]);
    expect([1, 5, 6].map(groupOf)).toEqual([
      "${linode_placement_group.bridges-1.id}",
      "${linode_placement_group.bridges-1.id}",
      "${linode_placement_group.bridges-2.id}",
    ]);
  });

  it("goes without groups where there are none", () => {
    expect(bridges({}, false).linode_instance["bridge-1"]).not.toHaveProperty("placement_group");
  });

  it("never replaces a machine for an edit of its files, keys or image", () => {
    // Each of these would be a new machine, in mid-call.
    const { lifecycle } = bridges().linode_instance["bridge-1"];
    expect(lifecycle.ignore_changes).toEqual(["authorized_keys", "image", "metadata"]);
  });

  it("rebuilds one machine for a new generation of it, and no other", () => {
    const { linode_instance: machines, terraform_data: data } = bridges({
      bridges: { "bridge-2": { generation: 2 } },
    });
    expect(data).toEqual({
      "generation-1": { triggers_replace: 1 },
      "generation-2": { triggers_replace: 2 },
      "generation-3": { triggers_replace: 1 },
    });
    expect(machines["bridge-2"].lifecycle.replace_triggered_by).toEqual(["terraform_data.generation-2"]);
  });

  it("puts the firewall on the machine from its first second", () => {
    expect(bridges().linode_instance["bridge-1"].firewall_id).toBe("${linode_firewall.firewall.id}");
  });
});
