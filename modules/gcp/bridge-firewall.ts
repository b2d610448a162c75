import { ComputeFirewall } from "@cdktf/provider-google/lib/compute-firewall";
import type { ServiceAccount } from "@cdktf/provider-google/lib/service-account";
import type { Construct } from "constructs";
import type { GcpPool } from "../../model/fleet";
import { bridgePoolName } from "../../model/names";
import { PROBE_RANGES } from "./google-ranges";

export interface BridgeFirewallProps {
  readonly pool: GcpPool;
  /** Link of the network. */
  readonly network: string;
  readonly identity: ServiceAccount;
  /** Service account of the home's server, which watches over the pool. */
  readonly homeServer: string;
}

/**
 * What may reach a pool's bridges. Port 8080 takes orders without asking who gives them.
 *
 *   world --> 10000/udp      health probes, home's server --> 8080
 */
export function buildBridgeFirewall(scope: Construct, props: BridgeFirewallProps): void {
  const common = {
    network: props.network,
    direction: "INGRESS",
    targetServiceAccounts: [props.identity.email],
  };
  const name = bridgePoolName(props.pool);

  new ComputeFirewall(scope, "media", {
    ...common,
    name: `${name}-media`,
    sourceRanges: ["0.0.0.0/0"],
    allow: [{ protocol: "udp", ports: ["10000"] }],
  });
  new ComputeFirewall(scope, "health-probes", {
    ...common,
    name: `${name}-health`,
    sourceRanges: PROBE_RANGES,
    allow: [{ protocol: "tcp", ports: ["8080"] }],
  });
  new ComputeFirewall(scope, "control", {
    ...common,
    name: `${name}-control`,
    sourceServiceAccounts: [props.homeServer],
    allow: [{ protocol: "tcp", ports: ["8080"] }],
  });
}
