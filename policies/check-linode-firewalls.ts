import type { Policy } from "./policy";

export const checkLinodeFirewalls: Policy = {
  id: "linode-firewalls",
  rule: "Every Linode is behind a firewall from its first second.",
  reason:
    "Linode admits everything to a machine without one: its SSH and the bridge's control port face the world.",
  fix: "Set firewall_id to the pool's firewall.",
  check: ({ resources }) =>
    resources
      .filter(
        ({ type, attributes }) =>
          type === "linode_instance" &&
          !/^\$\{linode_firewall\.[\w-]+\.id\}$/.test(String(attributes["firewall_id"] ?? "")),
      )
      .map((on) => ({
        on,
        message:
          "the machine is not behind a firewall of its stack; Linode would admit everything to it; " +
          "set firewall_id to the pool's firewall",
      })),
};
