import { Refusal } from "../protocol/diagnostic";
import { asBlocks, asNumber } from "../protocol/value";
import { oneOf } from "../engine/value-rules";
import { linodeError, refuseSameLabel } from "./linode-cloud";
import type { LinodeModel, LinodeSurroundings } from "./linode-cloud";

/** Linodes in one group, in every core region (Linode API, 2026-07). */
export const PLACEMENT_GROUP_LIMIT = 5;

/** The ids of the Linodes in a group. */
export function membersOf(group: string, around: LinodeSurroundings): number[] {
  const own = around
    .list("linode_instance")
    .filter(({ attributes }) =>
      asBlocks(attributes["placement_group"]).some(({ id }) => String(id) === group),
    );
  const assigned = around
    .list("linode_placement_group_assignment")
    .filter(({ attributes }) => String(attributes["placement_group_id"]) === group)
    .map(({ attributes }) => asNumber(attributes["linode_id"]) ?? 0);
  return [...new Set([...own.map(({ id }) => Number(id)), ...assigned])].sort((a, b) => a - b);
}

export const placementGroupModels: Readonly<Record<string, LinodeModel>> = {
  linode_placement_group: {
    rules: [
      oneOf("placement_group_type", ["anti_affinity:local"]),
      oneOf("placement_group_policy", ["strict", "flexible"]),
    ],
    check: ({ prior, planned }, around) =>
      refuseSameLabel("linode_placement_group", "label", planned, around, prior),
    chosen: () => ({ placement_group_policy: "strict", is_compliant: true }),
    observe: (object, around) => ({
      members: membersOf(String(object["id"]), around).map((id) => ({ is_compliant: true, linode_id: id })),
    }),
  },
  linode_placement_group_assignment: {
    clientOnly: ["compliant_only"],
    references: [
      { path: "placement_group_id", type: "linode_placement_group" },
      { path: "linode_id", type: "linode_instance", holds: false },
    ],
    check({ planned }, around) {
      const members = membersOf(String(planned["placement_group_id"]), around);
      if (members.length < PLACEMENT_GROUP_LIMIT) return;
      const reason = `placement group ${String(planned["placement_group_id"])} already has ${members.length} Linodes; the limit is ${PLACEMENT_GROUP_LIMIT}`;
      throw new Refusal(linodeError("creating", { name: "linode_placement_group_assignment" }, 400, reason), [
        "placement_group_id",
      ]);
    },
  },
};
