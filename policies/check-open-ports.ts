import { blocksOf, textsOf } from "./blocks";
import type { Attributes, Finding, Policy, Resource } from "./policy";

/** Everything that the world may reach: the web, certificates, media. */
const PUBLIC: Readonly<Record<string, readonly string[]>> = { tcp: ["80", "443"], udp: ["10000"] };

const WHY =
  "only 80 and 443 over TCP and 10000 over UDP may face the world; name the networks that need it as its source";

export const checkOpenPorts: Policy = {
  id: "open-ports",
  rule: "No port faces the world but 80 and 443 over TCP and 10000 over UDP.",
  reason:
    "Callers need no other, and what is open gets attacked: SSH, Grafana, InfluxDB, a bridge's control port.",
  fix: "Name the networks that need the port as its source.",
  check: ({ resources }) => resources.flatMap(checkResource),
};

function checkResource(on: Resource): Finding[] {
  if (on.type === "google_compute_firewall") return checkGoogle(on);
  if (on.type === "linode_firewall") return checkLinode(on);
  if (/^google_compute_.*firewall_policy/.test(on.type)) {
    return [
      {
        on,
        message:
          "it opens ports beside the firewall rules; nobody sees from those what is open; " + USE_RULES,
      },
    ];
  }
  return [];
}

const USE_RULES = "use google_compute_firewall";

function checkGoogle(on: Resource): Finding[] {
  const { attributes } = on;
  if (attributes["direction"] === "EGRESS") return [];
  const ranges = textsOf(attributes, "source_ranges");
  // A rule without any source is one for everybody.
  const isForAll = ["source_ranges", "source_tags", "source_service_accounts"].every(
    (key) => textsOf(attributes, key).length === 0,
  );
  return blocksOf(attributes, "allow").flatMap((allow) => {
    const ports = textsOf(allow, "ports");
    return portFindings(on, {
      protocol: String(allow["protocol"]),
      ports: ports.length > 0 ? ports : ["all"],
      from: isForAll ? ["0.0.0.0/0"] : ranges,
    });
  });
}

function checkLinode(on: Resource): Finding[] {
  const { attributes } = on;
  const open = blocksOf(attributes, "inbound").flatMap((rule) => {
    const protocol = String(rule["protocol"]).toLowerCase();
    // An echo is answered by every machine; it is how operators see that one is there.
    if (rule["action"] === "DROP" || protocol === "icmp") return [];
    const ports = rule["ports"] === undefined ? ["all"] : String(rule["ports"]).split(/\s*,\s*/);
    return portFindings(on, { protocol, ports, from: sourcesOf(rule) });
  });
  return [
    ...open,
    ...(attributes["inbound_policy"] === "DROP"
      ? []
      : ['inbound_policy is not "DROP"; whatever no rule names would be open to the world; set it to "DROP"']
    ).map((message) => ({ on, message })),
    ...(attributes["disabled"] === undefined || attributes["disabled"] === false
      ? []
      : ["disabled is set; without the firewall every port is open to the world; leave it out"]
    ).map((message) => ({ on, message })),
  ];
}

interface Opening {
  readonly protocol: string;
  readonly ports: readonly string[];
  readonly from: readonly string[];
}

function portFindings(on: Resource, { protocol, ports, from }: Opening): Finding[] {
  const isWorld = from.some(isAnywhere);
  const unknown = from.find((range) => /\$\{/.test(range) && !/\}\/\d+$/.test(range));
  if (!isWorld && unknown === undefined) return [];
  const whom = isWorld ? "the world" : `${unknown!}, which may be the world`;
  return ports
    .filter((port) => !PUBLIC[protocol]?.includes(port))
    .map((port) => ({ on, message: `${protocol} port ${port} is open to ${whom}; ${WHY}` }));
}

const sourcesOf = (rule: Attributes): readonly string[] => [
  ...textsOf(rule, "ipv4"),
  ...textsOf(rule, "ipv6"),
];

/** A network that is larger than any that somebody has: two halves of all addresses are as good as all of them. */
function isAnywhere(range: string): boolean {
  const [, address, length] = /^(.*)\/(\d+)$/.exec(range) ?? [];
  if (address === undefined) return false;
  if (!address.includes(":")) return Number(length) < 8;
  return Number(length) < (/^f[cd]/i.test(address) ? 7 : 16); // private addresses are fc00::/7
}
