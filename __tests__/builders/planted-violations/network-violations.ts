import type { PolicyId } from "../../../model/policy-ids";
import { machine, type PlantedStack } from "./planted-stack";

const NETWORK = { network_interface: { subnetwork: "acme-europe-west4" } };
const DROP = { inbound_policy: "DROP" };
const FROM_SERVER = { source_service_accounts: ["srv-abc@p.iam.gserviceaccount.com"] };

/** Who reaches whom, and by which name. */
export const NETWORK_VIOLATIONS = {
  "dns-signing": [
    {
      broken: { google_dns_managed_zone: { dnssec_config: { state: "off" } } },
      mended: { google_dns_managed_zone: { dnssec_config: { state: "on" } } },
      says: "the zone is not signed",
    },
    {
      broken: { google_dns_managed_zone: {} },
      mended: { google_dns_managed_zone: { visibility: "private" } },
      says: "the zone is not signed",
    },
  ],
  "linode-firewalls": [
    {
      broken: { linode_instance: {} },
      mended: { linode_instance: { firewall_id: "${linode_firewall.firewall.id}" } },
      says: "the machine is not behind a firewall of its stack",
    },
  ],
  "network-shape": [
    {
      broken: machine({ network_interface: [{ subnetwork: "projects/p/regions/r/subnetworks/default" }] }),
      mended: machine({
        network_interface: [{ subnetwork: "projects/p/regions/r/subnetworks/acme-default" }],
      }),
      says: "it is in no subnetwork of the account",
    },
    { broken: machine({}), mended: machine(NETWORK), says: "it is in no subnetwork of the account" },
    {
      broken: { google_compute_network: {} },
      mended: { google_compute_network: { auto_create_subnetworks: false } },
      says: "it makes subnets in every region",
    },
    {
      broken: { google_compute_subnetwork: {} },
      mended: { google_compute_subnetwork: { private_ip_google_access: true } },
      says: "private_ip_google_access",
    },
    {
      broken: machine({ network_interface: [{ network: "default" }] }),
      mended: machine({ network_interface: [{ subnetwork: "acme-europe-west4" }] }),
      says: "it is in no subnetwork of the account",
    },
    {
      broken: machine({ ...NETWORK, can_ip_forward: true }),
      mended: machine(NETWORK),
      says: "can_ip_forward is on",
    },
  ],
  "open-ports": [
    {
      broken: { google_compute_firewall: { allow: { protocol: "tcp", ports: ["3000"] } } },
      mended: { google_compute_firewall: { ...FROM_SERVER, allow: { protocol: "tcp", ports: ["3000"] } } },
      says: "tcp port 3000 is open to the world",
    },
    ...["2000::/3", "::/0", "64.0.0.0/2"].map((range) => ({
      broken: {
        google_compute_firewall: { source_ranges: [range], allow: [{ protocol: "tcp", ports: ["8086"] }] },
      },
      mended: {
        google_compute_firewall: { source_ranges: ["10.0.0.0/8", "fc00::/7"], allow: [{ protocol: "tcp" }] },
      },
      says: "tcp port 8086 is open to the world",
    })),
    {
      broken: { google_compute_firewall: { source_ranges: "${var.from}", allow: [{ protocol: "tcp" }] } },
      mended: {
        google_compute_firewall: {
          source_ranges: ["${linode_instance.x.ip}/32"],
          allow: [{ protocol: "tcp" }],
        },
      },
      says: "tcp port all is open to ${var.from}, which may be the world",
    },
    {
      broken: { google_compute_network_firewall_policy_rule: {} },
      mended: {},
      says: "it opens ports beside the firewall rules",
    },
    {
      broken: {
        linode_firewall: { ...DROP, inbound: [{ ipv4: ["0.0.0.0/0"], protocol: "TCP", ports: "443, 8080" }] },
      },
      mended: {
        linode_firewall: {
          ...DROP,
          inbound: [
            { action: "ACCEPT", ipv4: ["203.0.113.0/24"], protocol: "TCP", ports: "8080" },
            { action: "DROP", ipv4: ["0.0.0.0/0"], protocol: "TCP" },
          ],
        },
      },
      says: "tcp port 8080 is open to the world",
    },
    {
      broken: { linode_firewall: { ...DROP, disabled: true } },
      mended: { linode_firewall: { ...DROP, disabled: false } },
      says: "disabled is set; without the firewall",
    },
    {
      broken: {
        google_compute_firewall: {
          source_ranges: ["0.0.0.0/0"],
          allow: [{ protocol: "tcp", ports: ["22"] }],
        },
      },
      mended: {
        google_compute_firewall: {
          source_ranges: ["203.0.113.0/24"],
          allow: [{ protocol: "tcp", ports: ["22"] }],
        },
      },
      says: "tcp port 22 is open to the world",
    },
    {
      broken: { linode_firewall: { inbound_policy: "ACCEPT" } },
      mended: { linode_firewall: { inbound_policy: "DROP" } },
      says: 'inbound_policy is not "DROP"',
    },
  ],
  "rule-targets": [
    {
      broken: { google_compute_firewall: {} },
      mended: { google_compute_firewall: { target_service_accounts: ["srv-abc@p.iam.gserviceaccount.com"] } },
      says: "the rule has no target service account",
    },
  ],
} satisfies Partial<Record<PolicyId, readonly PlantedStack[]>>;
