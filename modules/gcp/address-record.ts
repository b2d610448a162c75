import { DnsRecordSet } from "@cdktf/provider-google/lib/dns-record-set";
import type { Construct } from "constructs";

export interface AddressRecordProps {
  readonly project: string;
  /** Name of the Cloud DNS zone in that project. */
  readonly managedZone: string;
  /** Without a dot at the end. */
  readonly host: string;
  readonly address: string;
}

/** Seconds that a resolver may remember an address: short enough to move a machine within a coffee break. */
const TTL = 300;

export const buildAddressRecord = (scope: Construct, id: string, props: AddressRecordProps): DnsRecordSet =>
  new DnsRecordSet(scope, id, {
    project: props.project,
    managedZone: props.managedZone,
    name: `${props.host}.`,
    type: "A",
    ttl: TTL,
    rrdatas: [props.address],
  });
