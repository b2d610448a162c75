import { ComputeFirewall } from "@cdktf/provider-google/lib/compute-firewall";
import type { Construct } from "constructs";
import type { Customer, Pool } from "../../model/fleet";
import { breweryRuleName } from "../../model/names";

export interface BreweryAccessProps {
  readonly pool: Pool;
  readonly customer: Customer;
  /** Project of the customer's account, which may be another one than the pool's. */
  readonly project: string;
  /** Link of the network of the customer's account. */
  readonly network: string;
  /** Service account of the customer's server. */
  readonly server: string;
  /** Who the bridges are: their service account within one network, else their addresses as /32. */
  readonly from: { readonly serviceAccount: string } | { readonly addresses: readonly string[] };
}

/**
 * Lets a pool's bridges in at the brewery Prosody of a customer that they serve. It lives beside the bridges, so that a
 * new pool changes nothing of the customer's.
 */
export function buildBreweryAccess(scope: Construct, props: BreweryAccessProps): ComputeFirewall {
  const { pool, customer, from } = props;
  return new ComputeFirewall(scope, `brewery-${customer.id}`, {
    project: props.project,
    name: breweryRuleName(customer.id, pool),
    network: props.network,
    direction: "INGRESS",
    ...("addresses" in from
      ? { sourceRanges: [...from.addresses] }
      : { sourceServiceAccounts: [from.serviceAccount] }),
    targetServiceAccounts: [props.server],
    allow: [{ protocol: "tcp", ports: ["6222"] }],
  });
}
