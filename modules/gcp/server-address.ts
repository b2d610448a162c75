import { ComputeAddress } from "@cdktf/provider-google/lib/compute-address";
import type { Construct } from "constructs";
import type { Customer } from "../../model/fleet";
import { serverName } from "../../model/names";

export interface ServerAddressProps {
  readonly customer: Customer;
  readonly region: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly protect: boolean;
}

/** The server's public address. DNS and bridges know it, so it outlives the machine. */
export const buildServerAddress = (scope: Construct, props: ServerAddressProps): ComputeAddress =>
  new ComputeAddress(scope, "address", {
    name: serverName(props.customer),
    region: props.region,
    networkTier: "PREMIUM",
    labels: props.labels,
    lifecycle: { preventDestroy: props.protect },
  });
