import { asBlocks, asNumber, asText, isUnknown } from "../protocol/value";
import { lengthBetween, oneOf } from "../engine/value-rules";
import { refuseSameLabel } from "./linode-cloud";
import type { Diagnostic } from "../protocol/diagnostic";
import type { Values } from "../protocol/value";
import type { LinodeModel, LinodeSurroundings } from "./linode-cloud";

/** Rules of one firewall, both directions together, and addresses of one rule (Linode API). */
const MOST_RULES = 25;
const MOST_ADDRESSES = 255;

const ACTIONS = ["ACCEPT", "DROP"];
const DIRECTIONS = ["inbound", "outbound"] as const;

/** Firewalls for Linodes. */
export const firewallModels: Readonly<Record<string, LinodeModel>> = {
  linode_firewall: {
    rules: [
      lengthBetween("label", 3, 32),
      oneOf("inbound_policy", ACTIONS),
      oneOf("outbound_policy", ACTIONS),
      ...DIRECTIONS.flatMap((direction) => [
        lengthBetween(`${direction}.label`, 3, 32),
        oneOf(`${direction}.action`, ACTIONS),
        oneOf(`${direction}.protocol`, ["TCP", "UDP", "ICMP", "IPENCAP"]),
      ]),
    ],
    validate: (config) => [
      ...checkCount(config),
      ...DIRECTIONS.flatMap((direction) => checkRules(direction, config)),
    ],
    check: ({ prior, planned }, around) =>
      refuseSameLabel("linode_firewall", "label", planned, around, prior),
    chosen: () => ({ disabled: false, interfaces: [], linodes: [], nodebalancers: [], status: "enabled" }),
    observe(object, around) {
      const members = linodesOf(object, around);
      return {
        linodes: members.map(({ id }) => Number(id)),
        devices: members.map(({ id, label }) => ({
          entity_id: Number(id),
          id: Number(id),
          label,
          type: "linode",
          url: `/v4/linode/instances/${id}`,
        })),
      };
    },
  },
  linode_firewall_device: {
    references: [
      { path: "firewall_id", type: "linode_firewall", holds: false },
      { path: "entity_id", type: "linode_instance", holds: false },
    ],
    chosen: () => ({ entity_type: "linode" }),
  },
};

function checkCount(config: Values): Diagnostic[] {
  const count = DIRECTIONS.reduce((sum, direction) => sum + asBlocks(config[direction]).length, 0);
  if (count <= MOST_RULES) return [];
  return [
    {
      summary: `a firewall takes at most ${MOST_RULES} rules, inbound and outbound together, got ${count}`,
      path: ["inbound"],
    },
  ];
}

function checkRules(direction: (typeof DIRECTIONS)[number], config: Values): Diagnostic[] {
  return asBlocks(config[direction]).flatMap((rule, index): Diagnostic[] => {
    const [v4, v6] = [rule["ipv4"] ?? null, rule["ipv6"] ?? null];
    if (isUnknown(v4) || isUnknown(v6)) return [];
    const addresses = [v4, v6].flatMap((list) => (Array.isArray(list) ? list : []));
    const texts = addresses.map(asText).filter((address) => address !== undefined);
    const problems = texts
      .filter((address) => !/^[0-9a-fA-F.:]+\/\d{1,3}$/.test(address))
      .map((address) => `${direction}.${index}: ${address} must be a range such as 203.0.113.7/32`);
    if (addresses.length === 0)
      problems.push(`${direction}.${index}: a rule needs addresses in ipv4 or ipv6`);
    if (addresses.length > MOST_ADDRESSES)
      problems.push(
        `${direction}.${index}: a rule takes at most ${MOST_ADDRESSES} addresses, got ${addresses.length}`,
      );
    if (asText(rule["ports"]) !== undefined && ["ICMP", "IPENCAP"].includes(String(rule["protocol"]))) {
      problems.push(`${direction}.${index}: ports are not allowed for ${String(rule["protocol"])}`);
    }
    return problems.map((summary) => ({ summary, path: [direction, index] }));
  });
}

/** The Linodes behind a firewall: named by it, attached to it, or created with it. */
function linodesOf(
  firewall: Values,
  around: LinodeSurroundings,
): { readonly id: string; readonly label: string }[] {
  const id = String(firewall["id"]);
  const attached = around
    .list("linode_firewall_device")
    .filter(({ attributes }) => String(attributes["firewall_id"]) === id)
    .map(({ attributes }) => String(attributes["entity_id"]));
  const named = Array.isArray(firewall["linodes"])
    ? firewall["linodes"].map((one) => String(asNumber(one)))
    : [];
  const wanted = new Set([...attached, ...named]);
  return around
    .list("linode_instance")
    .filter((linode) => wanted.has(linode.id) || String(linode.attributes["firewall_id"]) === id)
    .map((linode) => ({ id: linode.id, label: String(linode.attributes["label"]) }));
}
