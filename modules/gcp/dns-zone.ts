import { DnsManagedZone } from "@cdktf/provider-google/lib/dns-managed-zone";
import type { ITerraformDependable } from "cdktf";
import type { Construct } from "constructs";

export interface DnsZoneProps {
  readonly name: string;
  /** Without a dot at the end. */
  readonly domain: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly protect: boolean;
  readonly dependsOn: ITerraformDependable[];
}

/** The public zone of the account's host names, signed. A new zone has new name servers, so it is protected. */
export function buildDnsZone(scope: Construct, props: DnsZoneProps): DnsManagedZone {
  return new DnsManagedZone(scope, "zone", {
    name: props.name,
    dnsName: `${props.domain}.`,
    dnssecConfig: { state: "on" },
    labels: props.labels,
    dependsOn: props.dependsOn,
    lifecycle: { preventDestroy: props.protect },
  });
}
