import { contains, parseIpv4Network } from "../model/ipv4-network";
import type { Json, JsonObject, PlannedObject } from "../rollout/planned-object";

/** A way in: who may reach which port. */
export interface Opening {
  /** `tcp 443`, `udp 10000`, `icmp`. */
  readonly port: string;
  /** A network, or an account of machines. */
  readonly from: string;
}

/** The ways in that a firewall's attributes open; none for any other type. What is not known yet is left out. */
export function openingsOf(type: string, attributes: JsonObject | null): Opening[] {
  if (!attributes) return [];
  if (type === "google_compute_firewall") return ofGoogle(attributes);
  if (type === "linode_firewall") return ofLinode(attributes);
  return [];
}

function ofGoogle({ allow, direction, disabled, ...rest }: JsonObject): Opening[] {
  if (direction === "EGRESS" || disabled === true) return [];
  const sources = ["source_ranges", "source_tags", "source_service_accounts"].flatMap((key) =>
    texts(rest[key]),
  );
  return objects(allow).flatMap(({ protocol, ports }) =>
    portsOf(String(protocol), texts(ports)).flatMap((port) => sources.map((from) => ({ port, from }))),
  );
}

function ofLinode({ inbound, inbound_policy: policy, disabled }: JsonObject): Opening[] {
  if (disabled === true) return [{ port: "everything", from: "0.0.0.0/0" }];
  const open = policy === "ACCEPT" ? [{ port: "everything", from: "0.0.0.0/0" }] : [];
  return [
    ...open,
    ...objects(inbound)
      .filter(({ action }) => action === "ACCEPT")
      .flatMap(({ protocol, ports, ipv4, ipv6 }) =>
        portsOf(
          String(protocol).toLowerCase(),
          typeof ports === "string" && ports !== "" ? ports.split(/,\s*/) : [],
        ).flatMap((port) => [...texts(ipv4), ...texts(ipv6)].map((from) => ({ port, from }))),
      ),
  ];
}

const portsOf = (protocol: string, ports: readonly string[]): string[] =>
  ports.length > 0 ? ports.map((port) => `${protocol} ${port}`) : [protocol];

/** What is open in one list and not in the other, which may have it as a part of something wider. */
export const uncovered = (some: readonly Opening[], others: readonly Opening[]): Opening[] =>
  some.filter((each) => !others.some((other) => covers(other, each)));

/**
 * The ways in that a change opens, also to a machine of the same plan, whose address is not known yet. A source or port that
 * narrows is none: what is left of it was open before.
 */
export const newOpenings = ({
  type,
  before,
  after,
  unknown,
}: Pick<PlannedObject, "type" | "before" | "after" | "unknown">): Opening[] =>
  uncovered([...openingsOf(type, after), ...laterOpenings(type, after, unknown)], openingsOf(type, before));

/** How Terraform calls it. */
const LATER = "known after apply";

function laterOpenings(type: string, after: JsonObject | null, unknown: Json): Opening[] {
  const sources = (unknown as JsonObject | null)?.["source_ranges"] ?? null;
  const isLater = sources === true || (Array.isArray(sources) && sources.includes(true));
  if (type !== "google_compute_firewall" || !isLater) return [];
  return openingsOf(type, {
    ...after,
    source_ranges: [LATER],
    source_tags: null,
    source_service_accounts: null,
  });
}

function covers(wide: Opening, narrow: Opening): boolean {
  const [protocol] = narrow.port.split(" ");
  return (
    (wide.port === narrow.port || wide.port === protocol || wide.port === "everything") &&
    (wide.from === narrow.from || containsNetwork(wide.from, narrow.from))
  );
}

const IPV4 = /^\d+(\.\d+){3}\/\d+$/;

/** Accounts of machines and IPv6 count as within their own whole internet only. */
function containsNetwork(wide: string, narrow: string): boolean {
  if (narrow.includes(":")) return wide === "::/0";
  if (!IPV4.test(wide)) return false;
  return IPV4.test(narrow)
    ? contains(parseIpv4Network(wide), parseIpv4Network(narrow))
    : wide === "0.0.0.0/0";
}

/**
 * Whether a firewall's attributes forbid something beside what is not named: a rule that denies or lets out at Google, one
 * that drops at Linode. What it takes away depends on other rules, and is not known here.
 */
export function forbidsAnything(type: string, attributes: JsonObject | null): boolean {
  if (!attributes) return false;
  if (type === "linode_firewall")
    return (
      objects(attributes["inbound"]).some(({ action }) => action !== "ACCEPT") ||
      objects(attributes["outbound"]).some(({ action }) => action !== "ACCEPT")
    );
  return objects(attributes["deny"]).length > 0 || attributes["direction"] === "EGRESS";
}

/** Bits from which on a network is no longer a part of the internet that nobody could tell from the whole. */
const SMALLEST_PREFIX = { ipv4: 8, ipv6: 16 };

/** The whole internet, or so large a part of it that it comes to the same. */
export function isPublic({ from }: Opening): boolean {
  const [, bits] = /\/(\d+)$/.exec(from) ?? [];
  return (
    bits !== undefined && Number(bits) < (from.includes(":") ? SMALLEST_PREFIX.ipv6 : SMALLEST_PREFIX.ipv4)
  );
}

const texts = (value: Json | undefined): string[] =>
  Array.isArray(value) ? value.filter((each): each is string => typeof each === "string") : [];

const objects = (value: Json | undefined): JsonObject[] =>
  (Array.isArray(value) ? (value as readonly Json[]) : [value ?? null]).filter(
    (each): each is JsonObject => each !== null && typeof each === "object" && !Array.isArray(each),
  );
