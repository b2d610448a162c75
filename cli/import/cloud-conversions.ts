import { regionOfZone } from "../../model/catalog";
import type { MachineSize } from "../../model/catalog";
import { COMPOSE_NETWORK } from "../../model/compose-network";
import { contains, overlaps, parseIpv4Network } from "../../model/ipv4-network";
import { nearest } from "../../model/nearest";
import { ipv4CidrSchema } from "../../model/schema/fields";
import { textOf } from "./conversions";
import type { Convert, Converted } from "./rule";

/** What the name of a machine type promises, for types that the catalogue does not know. */
function sizeOf(type: string): MachineSize | undefined {
  const [, vcpus, memoryMb] = /custom-(\d+)-(\d+)/.exec(type) ?? [];
  if (vcpus !== undefined) return { vcpus: Number(vcpus), memoryGb: Number(memoryMb) / 1024 };
  // Types with a share of a processor only.
  if (/-(?:micro|small|medium)$/.test(type)) return { vcpus: 1, memoryGb: 0 };
  const number = /-(\d+)[a-z]*$/.exec(type)?.[1];
  return number === undefined ? undefined : { vcpus: Number(number), memoryGb: 0 };
}

/** The smallest type of a family that has at least this much. */
function smallest(
  types: ReadonlyMap<string, MachineSize>,
  family: RegExp,
  least: MachineSize,
): string | undefined {
  return [...types]
    .filter(
      ([name, size]) => family.test(name) && size.vcpus >= least.vcpus && size.memoryGb >= least.memoryGb,
    )
    .sort(([, a], [, b]) => a.vcpus - b.vcpus || a.memoryGb - b.memoryGb)[0]?.[0];
}

const GCP_FAMILY = /^n2-standard-/;
const LINODE_FAMILY = /^g6-dedicated-/;

function known(
  text: string,
  types: ReadonlyMap<string, MachineSize>,
  family: RegExp,
  cloud: string,
): Converted {
  if (types.has(text)) return { value: text };
  const size = sizeOf(text);
  const replacement = (size && smallest(types, family, size)) ?? nearest(text, types.keys());
  return replacement === undefined
    ? { refused: `${cloud} has no such machine type, and none like it` }
    : { value: replacement, why: `${cloud} has no such machine type any more, or it is not known here` };
}

/** A machine type of Google Cloud; one that is not known becomes the smallest n2-standard that has as much. */
export const asGcpMachineType: Convert = (value, { catalog }) => {
  const text = textOf(value)?.toLowerCase().replace(/^.*\//, "");
  return text === undefined
    ? { refused: "allowed: one text" }
    : known(text, catalog.gcpMachineTypes, GCP_FAMILY, "Google Cloud");
};

/** A Linode type; an old one becomes the same size of today, else the smallest dedicated one that has as much. */
export const asLinodeType: Convert = (value, { catalog }) => {
  const text = textOf(value)?.toLowerCase();
  if (text === undefined) return { refused: "allowed: one text" };
  const today = text.replace(/^g[0-9]+-/, "g6-");
  if (today !== text && !catalog.linodeTypes.has(text) && catalog.linodeTypes.has(today))
    return { value: today, why: "the type of that size today" };
  return known(text, catalog.linodeTypes, LINODE_FAMILY, "Linode");
};

/** The server runs on Google Cloud: a machine there with as many processors and the memory that a server needs. */
export const asServerForLinode: Convert = (value, { catalog }) => {
  const text = textOf(value)?.toLowerCase() ?? "";
  const size = catalog.linodeTypes.get(text) ?? sizeOf(text);
  const type = smallest(catalog.gcpMachineTypes, GCP_FAMILY, { vcpus: size?.vcpus ?? 4, memoryGb: 8 });
  return type === undefined
    ? { refused: "no machine type of Google Cloud has as many processors" }
    : { value: type, why: "servers run on Google Cloud: a machine with as many processors" };
};

/** A region of Google Cloud; a zone names its region. */
export const asGcpRegion: Convert = (value, { catalog }) => {
  const text = textOf(value)?.toLowerCase();
  if (text === undefined) return { refused: "allowed: one text" };
  if (catalog.gcpRegions.has(text)) return { value: text };
  if (catalog.gcpRegions.has(regionOfZone(text)))
    return { value: regionOfZone(text), why: "the region of that zone" };
  const near = nearest(text, catalog.gcpRegions.keys());
  return near === undefined
    ? { refused: "Google Cloud has no such region; or catalog.extra in accounts/defaults.yaml must admit it" }
    : { value: near, why: "Google Cloud has no such region; the nearest name" };
};

/** A zone of Google Cloud that the catalogue knows. */
export const asGcpZone: Convert = (value, { catalog }) => {
  const text = textOf(value)?.toLowerCase();
  if (text === undefined) return { refused: "allowed: one text" };
  const zones = [...catalog.gcpRegions.values()].flatMap((region) => region.zones);
  if (zones.includes(text)) return { value: text };
  const near = catalog.gcpRegions.get(regionOfZone(text))?.zones[0] ?? nearest(text, zones);
  return near === undefined
    ? { refused: "Google Cloud has no such zone" }
    : { value: near, why: "Google Cloud has no such zone; the nearest one" };
};

/** A region of Linode; the names that ended in a data centre's letter are those without it today. */
export const asLinodeRegion: Convert = (value, { catalog }) => {
  const text = textOf(value)?.toLowerCase();
  if (text === undefined) return { refused: "allowed: one text" };
  if (catalog.linodeRegions.has(text)) return { value: text };
  const today = text.replace(/-1[a-z]$/, "");
  if (catalog.linodeRegions.has(today)) return { value: today, why: "the name of that region today" };
  const near = nearest(text, catalog.linodeRegions.keys());
  return near === undefined
    ? { refused: "Linode has no such region; or catalog.extra in accounts/defaults.yaml must admit it" }
    : { value: near, why: "Linode has no such region; the nearest name" };
};

const PRIVATE = ["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "100.64.0.0/10"].map(parseIpv4Network);
const INSIDE_MACHINES = ["172.17.0.0/16", COMPOSE_NETWORK].map(parseIpv4Network);

/** The range of a subnet: private, from /8 to /29, beginning where it begins. */
export const asRange: Convert = (value) => {
  const text = textOf(value);
  if (text === undefined || !ipv4CidrSchema.safeParse(text).success)
    return { refused: "allowed: an IPv4 network such as 10.20.0.0/20" };
  const range = parseIpv4Network(text);
  if (range.prefix < 8 || range.prefix > 29 || !PRIVATE.some((outer) => contains(outer, range)))
    return { refused: "allowed: a private network from /8 to /29" };
  if (INSIDE_MACHINES.some((other) => overlaps(other, range)))
    return { refused: "machines use this network inside; allowed: another one, such as one in 10.0.0.0/8" };
  return range.text === text ? { value: text } : { value: range.text, why: "where that network begins" };
};
