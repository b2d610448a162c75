import { PlacementGroup } from "@cdktf/provider-linode/lib/placement-group";
import type { Construct } from "constructs";
import type { LinodePool } from "../../model/fleet";
import { linodePlacementGroupLabel } from "../../model/names";

export interface PlacementGroupsProps {
  readonly pool: LinodePool;
  readonly policy: "flexible" | "strict";
  /** Linodes that one group of the region takes, from 1. */
  readonly limit: number;
}

/**
 * Keeps the bridges of a pool on different hosts, as far as one group reaches.
 *
 * @returns for the number of a bridge, from 1, the group it belongs to
 */
export function buildPlacementGroups(
  scope: Construct,
  props: PlacementGroupsProps,
): (bridge: number) => PlacementGroup {
  const { pool, policy, limit } = props;
  const groups = Array.from(
    { length: Math.ceil(pool.size / limit) },
    (_, index) =>
      new PlacementGroup(scope, `bridges-${index + 1}`, {
        label: linodePlacementGroupLabel(pool, index + 1),
        region: pool.region,
        placementGroupType: "anti_affinity:local",
        placementGroupPolicy: policy,
      }),
  );
  return (bridge) => groups[Math.ceil(bridge / limit) - 1]!;
}
