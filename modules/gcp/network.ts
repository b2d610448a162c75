import { ComputeFirewall } from "@cdktf/provider-google/lib/compute-firewall";
import { ComputeNetwork } from "@cdktf/provider-google/lib/compute-network";
import { ComputeSubnetwork } from "@cdktf/provider-google/lib/compute-subnetwork";
import type { ITerraformDependable } from "cdktf";
import type { Construct } from "constructs";
import { networkName, subnetworkName } from "../../model/names";
import { IAP_RANGE } from "./google-ranges";

export interface NetworkProps {
  /** Id of the account; the network has its name. */
  readonly account: string;
  /** IPv4 range of the subnet of each region in use. */
  readonly regions: Readonly<Record<string, string>>;
  /** What must be there before: the Compute Engine API. */
  readonly dependsOn: ITerraformDependable[];
}

/**
 * The account's one network. Nothing gets in but SSH through Identity-Aware Proxy: every machine's own stack opens
 * what that machine needs.
 *
 *   network --> subnet per region
 *      ^
 *   SSH from IAP
 */
export function buildNetwork(scope: Construct, { account, regions, dependsOn }: NetworkProps): void {
  const network = new ComputeNetwork(scope, "network", {
    name: networkName(account),
    autoCreateSubnetworks: false,
    routingMode: "GLOBAL",
    dependsOn,
  });

  for (const [region, ipCidrRange] of Object.entries(regions).sort(([a], [b]) => (a < b ? -1 : 1))) {
    new ComputeSubnetwork(scope, `subnet-${region}`, {
      name: subnetworkName(account, region),
      network: network.id,
      region,
      ipCidrRange,
      privateIpGoogleAccess: true,
    });
  }

  new ComputeFirewall(scope, "ssh-from-iap", {
    name: `${networkName(account)}-ssh-from-iap`,
    network: network.id,
    direction: "INGRESS",
    sourceRanges: [IAP_RANGE],
    allow: [{ protocol: "tcp", ports: ["22"] }],
  });
}
