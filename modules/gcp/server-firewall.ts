import { ComputeFirewall } from "@cdktf/provider-google/lib/compute-firewall";
import type { ServiceAccount } from "@cdktf/provider-google/lib/service-account";
import type { Construct } from "constructs";

export interface ServerFirewallProps {
  /** Id of the customer. */
  readonly customer: string;
  /** Link of the network. */
  readonly network: string;
  readonly identity: ServiceAccount;
  /** Whether a bridge runs on the server. */
  readonly media: boolean;
}

/**
 * What the whole world may reach on a server. The brewery Prosody is opened by the pools' stacks, to their bridges.
 *
 *   world --> 80, 443 (10000/udp with a bridge on the server)
 */
export function buildServerFirewall(scope: Construct, props: ServerFirewallProps): void {
  const open = (id: string, allow: { protocol: string; ports: string[] }) =>
    new ComputeFirewall(scope, id, {
      name: `${props.customer}-${id}`,
      network: props.network,
      direction: "INGRESS",
      sourceRanges: ["0.0.0.0/0"],
      targetServiceAccounts: [props.identity.email],
      allow: [allow],
    });
  open("web", { protocol: "tcp", ports: ["80", "443"] });
  if (props.media) open("media-on-server", { protocol: "udp", ports: ["10000"] });
}
