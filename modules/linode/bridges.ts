import type { Firewall } from "@cdktf/provider-linode/lib/firewall";
import { Instance } from "@cdktf/provider-linode/lib/instance";
import type { PlacementGroup } from "@cdktf/provider-linode/lib/placement-group";
import { Fn, TerraformResource, Token } from "cdktf";
import type { Construct } from "constructs";
import type { LinodePool } from "../../model/fleet";
import { linodeBridgeId, linodeLabel } from "../../model/names";
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
  /** `bridge-<number>` */
  readonly id: string;
  /** Its name at Linode. */
  readonly label: string;
  /** Its public IPv4 address, known after apply. */
  readonly address: string;
  /** What a rebuild changes, known after apply. */
  readonly machineId: string;
  /** Its public host key, if the data says: type and key. */
  readonly hostKey: string | undefined;
  /** Whether it takes no new calls. */
  readonly draining: boolean;
}

/**
 * The machines of one pool, numbered from 1. An edit never replaces one in mid-call: only a new generation of that
 * very bridge does.
 *
 *   firewall, placement groups --> bridge-1 … bridge-<size>
 *                                     ^            ^
 *                             generation-1 … generation-<size>
 */
export function buildLinodeBridges(scope: Construct, props: LinodeBridgesProps): LinodeBridge[] {
  const { pool, groupOf } = props;
  return Array.from({ length: pool.size }, (_, index) => {
    const number = index + 1;
    const id = linodeBridgeId(number);
    const label = linodeLabel(pool, number);
    const single = pool.bridges[id];
    // Not cdktf's DataResource: that one runs "terraform version" at synth, once for each.
    const generation = new TerraformResource(scope, `generation-${number}`, {
      terraformResourceType: "terraform_data",
    });
    generation.addOverride("triggers_replace", single?.generation ?? 1);
    const machine = new Instance(scope, id, {
      label,
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
    return {
      number,
      id,
      label,
      address: Fn.element(machine.ipv4, 0) as string,
      machineId: machine.id,
      hostKey: single?.hostKey && withoutComment(single.hostKey),
      draining: number > pool.size - pool.draining,
    };
  });
}

/** Terraform makes lines of known hosts of it. */
const withoutComment = (key: string): string => key.split(" ").slice(0, 2).join(" ");
