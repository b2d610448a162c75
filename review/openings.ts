import type { Json, JsonObject } from "../rollout/planned-object";

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

/** What one list has and the other has not. */
export const without = (some: readonly Opening[], others: readonly Opening[]): Opening[] =>
  some.filter(({ port, from }) => !others.some((other) => other.port === port && other.from === from));

/** The whole internet. */
export const isPublic = ({ from }: Opening): boolean => from === "0.0.0.0/0" || from === "::/0";

const texts = (value: Json | undefined): string[] =>
  Array.isArray(value) ? value.filter((each): each is string => typeof each === "string") : [];

const objects = (value: Json | undefined): JsonObject[] =>
  (Array.isArray(value) ? (value as readonly Json[]) : [value ?? null]).filter(
    (each): each is JsonObject => each !== null && typeof each === "object" && !Array.isArray(each),
  );
