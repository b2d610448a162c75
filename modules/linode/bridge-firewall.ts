import { Firewall } from "@cdktf/provider-linode/lib/firewall";
import type { Construct } from "constructs";

export interface LinodeBridgeFirewallProps {
  readonly label: string;
  readonly tags: readonly string[];
  /** Networks, IPv4 or IPv6, that may open SSH. Empty: nobody. */
  readonly sshFrom: readonly string[];
}

const ANYWHERE = { ipv4: ["0.0.0.0/0"], ipv6: ["::/0"] };

/**
 * What may reach a pool's Linodes. Port 8080 stays closed: it takes orders without asking who gives them.
 *
 *   world --> 10000/udp, ping      operators --> SSH
 */
export function buildLinodeBridgeFirewall(scope: Construct, props: LinodeBridgeFirewallProps): Firewall {
  const ipv6 = props.sshFrom.filter((range) => range.includes(":"));
  const ipv4 = props.sshFrom.filter((range) => !range.includes(":"));
  const operators = { ...(ipv4.length > 0 && { ipv4 }), ...(ipv6.length > 0 && { ipv6 }) };

  return new Firewall(scope, "firewall", {
    label: props.label,
    tags: [...props.tags],
    inboundPolicy: "DROP",
    outboundPolicy: "ACCEPT",
    inbound: [
      { label: "media", action: "ACCEPT", protocol: "UDP", ports: "10000", ...ANYWHERE },
      { label: "ping", action: "ACCEPT", protocol: "ICMP", ...ANYWHERE },
      ...(props.sshFrom.length > 0
        ? [{ label: "ssh", action: "ACCEPT", protocol: "TCP", ports: "22", ...operators }]
        : []),
    ],
  });
}
