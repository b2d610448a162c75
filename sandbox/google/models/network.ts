import { Refusal } from "../../protocol/diagnostic";
import { asBlocks, asList, asText, isUnknown } from "../../protocol/value";
import { nextPublicAddress } from "../../store/public-address";
import { matches } from "../../engine/value-rules";
import { refused } from "../google-cloud";
import { contains, overlap, parseRange, printAddress } from "./ipv4";
import type { ResourceModel } from "../../engine/resource-model";
import type { Diagnostic } from "../../protocol/diagnostic";
import type { Value, Values } from "../../protocol/value";
import type { GoogleSurroundings } from "../google-cloud";
import type { GoogleSettings } from "../settings";

type Model = ResourceModel<GoogleSettings>;

/** The rule that the provider itself checks, for some types; for the others the API answers with the same rule. */
export const gceName = (path: string): ReturnType<typeof matches> =>
  matches(path, /^(?:[a-z](?:[-a-z0-9]{0,61}[a-z0-9])?)$/);

const toNetwork = { path: "network", type: "google_compute_network" } as const;

const subnetwork: Model = {
  clientOnly: ["send_secondary_ip_range_if_empty"],
  computedBlocks: ["secondary_ip_range"],
  references: [toNetwork],
  rules: [gceName("name"), cidr("ip_cidr_range")],
  plan({ prior, planned, replace }) {
    const before = parseRange(asText(prior?.["ip_cidr_range"]) ?? "");
    const after = parseRange(asText(planned["ip_cidr_range"]) ?? "");
    if (before && after && !contains(after, before)) replace("ip_cidr_range");
  },
  check({ prior, planned }, around) {
    const range = parseRange(asText(planned["ip_cidr_range"]) ?? "");
    const network = around.follow("google_compute_network", planned["network"], planned)?.id;
    for (const { id, attributes } of around.list("google_compute_subnetwork")) {
      const other = parseRange(asText(attributes["ip_cidr_range"]) ?? "");
      const isNeighbour =
        around.follow("google_compute_network", attributes["network"], attributes)?.id === network;
      if (id === prior?.["id"] || !isNeighbour || !range || !other || !overlap(range, other)) continue;
      const conflict = `conflicts with existing subnetwork '${String(attributes["name"])}' in region '${String(attributes["region"])}'`;
      const type = { name: "google_compute_subnetwork" };
      throw refused(
        "creating",
        type,
        `Invalid IPCidrRange: ${String(planned["ip_cidr_range"])} ${conflict}., invalid`,
        "ip_cidr_range",
      );
    }
  },
  chosen(object) {
    const range = parseRange(asText(object["ip_cidr_range"]) ?? "");
    return {
      gateway_address: range ? printAddress(range.first + 1) : "",
      private_ipv6_google_access: "DISABLE_GOOGLE_ACCESS",
      purpose: "PRIVATE",
      stack_type: "IPV4_ONLY",
    };
  },
};

const firewall: Model = {
  references: [toNetwork],
  rules: [gceName("name")],
  plan({ planned }) {
    const sources = ["source_ranges", "source_tags", "source_service_accounts"].map(
      (name) => planned[name] ?? null,
    );
    const hasSource = sources.some((value) => isUnknown(value) || asList(value).length > 0);
    if (planned["direction"] !== "EGRESS" && !hasSource) {
      throw new Refusal("one of source_tags, source_ranges, or source_service_accounts must be defined");
    }
  },
  check({ planned }) {
    for (const rule of [...asBlocks(planned["allow"]), ...asBlocks(planned["deny"])]) {
      const takesPorts = ["tcp", "udp", "sctp", "6", "17", "132"].includes(
        String(rule["protocol"]).toLowerCase(),
      );
      if (takesPorts || asList(rule["ports"]).length === 0) continue;
      const message = `Invalid value for field 'resource.allowed[0].ports': ports are not allowed for protocol ${String(rule["protocol"])}., invalid`;
      throw refused("creating", { name: "google_compute_firewall" }, message, "allow");
    }
  },
  chosen: () => ({ direction: "INGRESS" }),
};

const address: Model = {
  references: [toNetwork, { path: "subnetwork", type: "google_compute_subnetwork" }],
  rules: [gceName("name")],
  chosen: (object, around) => ({
    address:
      object["address_type"] === "INTERNAL"
        ? nextHost(object["subnetwork"], object, around)
        : nextPublicAddress(around.store),
    network_tier: object["address_type"] === "INTERNAL" ? "" : "PREMIUM",
    purpose: object["address_type"] === "INTERNAL" ? "GCE_ENDPOINT" : "",
  }),
  observe: (object, around) => ({ users: usersOf(asText(object["address"]), around) }),
  checkDelete(object, around) {
    const [user] = usersOf(asText(object["address"]), around);
    if (user === undefined) return;
    const message = `The address resource '${String(object["id"])}' is already being used by '${user}', resourceInUseByAnotherResource`;
    throw refused("deleting", { name: "google_compute_address" }, message);
  },
};

/** The self links of the instances that have an address. */
export function usersOf(address: string | undefined, around: GoogleSurroundings): string[] {
  if (!address) return [];
  return around.list("google_compute_instance").flatMap(({ attributes }) => {
    const configs = asBlocks(attributes["network_interface"]).flatMap((nic) =>
      asBlocks(nic["access_config"]),
    );
    return configs.some((config) => config["nat_ip"] === address) ? [String(attributes["self_link"])] : [];
  });
}

/** An address in a subnetwork that no object had before; the first two of a range belong to the network. */
export function nextHost(subnetwork: Value | undefined, from: Values, around: GoogleSurroundings): string {
  const found = around.follow("google_compute_subnetwork", subnetwork, from);
  const range = parseRange(asText(found?.attributes["ip_cidr_range"]) ?? "10.128.0.0/20")!;
  return printAddress(range.first + 2 + around.store.next(`host ${found?.id ?? "default"}`));
}

function cidr(path: string): { path: string; check: (value: Value, name: string) => string | undefined } {
  return {
    path,
    check: (value, name) => {
      const text = asText(value);
      if (text === undefined || parseRange(text)) return undefined;
      return `${JSON.stringify(name)} is not a valid IP CIDR range: invalid CIDR address: ${text}`;
    },
  };
}

const router: Model = { references: [toNetwork] };

const nat: Model = {
  references: [
    { path: "router", type: "google_compute_router", holds: false },
    { path: "nat_ips", type: "google_compute_address" },
    { path: "subnetwork.name", type: "google_compute_subnetwork" },
  ],
  rules: [gceName("name")],
  validate(config): Diagnostic[] {
    const isManual = config["nat_ip_allocate_option"] === "MANUAL_ONLY";
    if (!isManual || isUnknown(config["nat_ips"]) || asList(config["nat_ips"]).length > 0) return [];
    return [{ summary: "nat_ips must be set when nat_ip_allocate_option is MANUAL_ONLY", path: ["nat_ips"] }];
  },
  chosen: () => ({
    auto_network_tier: "PREMIUM",
    endpoint_types: ["ENDPOINT_TYPE_VM"],
    enable_endpoint_independent_mapping: false,
  }),
};

/** Networks and what lies in them. */
export const networkModels: Readonly<Record<string, Model>> = {
  google_compute_network: {
    clientOnly: ["delete_default_routes_on_create"],
    rules: [gceName("name")],
    chosen: () => ({ mtu: 1460, routing_mode: "REGIONAL", bgp_best_path_selection_mode: "LEGACY" }),
  },
  google_compute_subnetwork: subnetwork,
  google_compute_firewall: firewall,
  google_compute_address: address,
  google_compute_route: { references: [toNetwork], chosen: () => ({ route_type: "STATIC" }) },
  google_compute_router: router,
  google_compute_router_nat: nat,
  google_compute_network_peering: {
    references: [toNetwork],
    identify: (object, around) => {
      const network = around.follow("google_compute_network", object["network"], object);
      return `${String(network?.attributes["name"] ?? object["network"])}/${String(object["name"])}`;
    },
    chosen: () => ({ state: "ACTIVE", state_details: "Connected." }),
  },
};
