import type { Firewall } from "@cdktf/provider-linode/lib/firewall";
import { Instance } from "@cdktf/provider-linode/lib/instance";
import type { PlacementGroup } from "@cdktf/provider-linode/lib/placement-group";
import { Fn, TerraformResource, Token } from "cdktf";
import type { Construct } from "constructs";
import type { LinodePool } from "../../model/fleet";
import { linodeLabel } from "../../model/names";
import { LINODE_UBUNTU_IMAGE } from "../../model/versions";

export interface LinodeBridgesProps {
  readonly pool: LinodePool;
  readonly firewall: Firewall;
  /** Group of a bridge, by its number from 1; left out: no groups. */
  readonly groupOf: ((bridge: number) => PlacementGroup) | undefined;
  /** Public SSH keys of the operators. */
  readonly authorizedKeys: readonly string[];
  /** Cloud-init in base64; may be a Terraform expression. */
  readonly userData: string;
  readonly tags: readonly string[];
}

/** Arguments that a running Linode cannot change. A new value waits for the next machine or the next generation. */
const FIXED_AT_CREATION = ["authorized_keys", "image", "metadata"];

export interface LinodeBridge {
  /** From 1. */
  readonly number: number;
  /** Its public IPv4 address, known after apply. */
  readonly address: string;
}

/**
 * The machines of one pool, numbered from 1. An edit never replaces one in mid-call: only a new generation, or
 * another region, rebuilds them, and then all of them.
 *
 *   firewall, placement groups --> bridge-1 … bridge-<size> <-- generation
 */
export function buildLinodeBridges(scope: Construct, props: LinodeBridgesProps): LinodeBridge[] {
  const { pool, groupOf } = props;
  // Not cdktf's DataResource: that one runs "terraform version" at synth, once for each.
  const generation = new TerraformResource(scope, "generation", { terraformResourceType: "terraform_data" });
  generation.addOverride("triggers_replace", { generation: pool.generation, region: pool.region });

  return Array.from({ length: pool.size }, (_, index) => {
    const number = index + 1;
    const machine = new Instance(scope, `bridge-${number}`, {
      label: linodeLabel(pool, number),
      region: pool.region,
      type: pool.type,
      image: LINODE_UBUNTU_IMAGE,
      interfaceGeneration: "legacy_config", // the default depends on a setting of the Linode account
      watchdogEnabled: true,
      firewallId: Token.asNumber(props.firewall.id),
      authorizedKeys: [...props.authorizedKeys],
      metadata: [{ userData: props.userData }],
      ...(groupOf && { placementGroup: { id: Token.asNumber(groupOf(number).id) } }),
      tags: [...props.tags],
      lifecycle: {
        ignoreChanges: FIXED_AT_CREATION,
        replaceTriggeredBy: [`terraform_data.${generation.friendlyUniqueId}`],
      },
    });
    return { number, address: Fn.element(machine.ipv4, 0) as string };
  });
}
