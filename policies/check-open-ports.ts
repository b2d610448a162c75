import { blocksOf, textsOf } from "./blocks";
import type { Attributes, Finding, Policy, Resource } from "./policy";

/** Everything that the world may reach: the web, certificates, media. */
const PUBLIC: Readonly<Record<string, readonly string[]>> = { tcp: ["80", "443"], udp: ["10000"] };

const WHY =
  "only 80 and 443 over TCP and 10000 over UDP may face the world; name the networks that need it as its source";

export const checkOpenPorts: Policy = {
  id: "open-ports",
  rule: "No port faces the world but 80 and 443 over TCP and 10000 over UDP.",
  reason: "Callers need no other, and what is open gets attacked.",
  fix: "Name the networks that need the port as its source.",
  check: ({ resources }) =>
    resources.flatMap((resource) => {
      if (resource.type === "google_compute_firewall") return checkGoogle(resource);
      if (resource.type === "linode_firewall") return checkLinode(resource);
      return [];
    }),
};

function checkGoogle(on: Resource): Finding[] {
  const { attributes } = on;
  if (attributes["direction"] === "EGRESS" || !textsOf(attributes, "source_ranges").some(isAnywhere))
    return [];
  return blocksOf(attributes, "allow").flatMap((allow) => {
    const ports = textsOf(allow, "ports");
    return portFindings(on, String(allow["protocol"]), ports.length > 0 ? ports : ["all"]);
  });
}

function checkLinode(on: Resource): Finding[] {
  const open = blocksOf(on.attributes, "inbound").flatMap((rule) => {
    if (rule["action"] !== "ACCEPT" || !sourcesOf(rule).some(isAnywhere)) return [];
    // An echo is answered by every machine; it is how operators see that one is there.
    const protocol = String(rule["protocol"]).toLowerCase();
    if (protocol === "icmp") return [];
    const ports = rule["ports"] === undefined ? ["all"] : String(rule["ports"]).split(/\s*,\s*/);
    return portFindings(on, protocol, ports);
  });
  if (on.attributes["inbound_policy"] === "DROP") return open;
  return [
    ...open,
    {
      on,
      message:
        'inbound_policy is not "DROP"; whatever no rule names would be open to the world; set it to "DROP"',
    },
  ];
}

const portFindings = (on: Resource, protocol: string, ports: readonly string[]): Finding[] =>
  ports
    .filter((port) => !PUBLIC[protocol]?.includes(port))
    .map((port) => ({ on, message: `${protocol} port ${port} is open to the world; ${WHY}` }));

const sourcesOf = (rule: Attributes): readonly string[] => [
  ...textsOf(rule, "ipv4"),
  ...textsOf(rule, "ipv6"),
];

/** Half of all addresses is as good as all of them. */
const isAnywhere = (range: string): boolean => /\/[01]$/.test(range);
