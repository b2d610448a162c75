import { renderId } from "../engine/id-format";
import { Refusal } from "../protocol/diagnostic";
import { asNumber, asText } from "../protocol/value";
import type { Cloud, ResourceType } from "../engine/cloud";
import type { ResourceModel, Surroundings } from "../engine/resource-model";
import type { Values } from "../protocol/value";

/** The provider block of Linode has nothing that reaches objects: the token and the addresses of APIs. */
export type LinodeSettings = Readonly<Record<string, never>>;
export type LinodeModel = ResourceModel<LinodeSettings>;
export type LinodeSurroundings = Surroundings<LinodeSettings>;

/** Ids begin here, so that they look like real ones and are not taken for counts. */
const FIRST_ID = 70_000_001;

/** The parent that an import id names before the object itself. */
const PARENTS: Readonly<Record<string, string>> = {
  linode_domain_record: "domain_id",
  linode_firewall_device: "firewall_id",
  linode_vpc_subnet: "vpc_id",
};

/** Linode, as far as its objects have something in common: numbers as ids, errors as lists of fields. */
export const linodeCloud: Cloud<LinodeSettings> = {
  name: "linode",
  configure: () => ({}),
  completePlan: () => undefined,
  same: () => false,

  identify(type, object, { store }) {
    const rendered = renderId(type.behaviour.id_format, (name) =>
      name === "number" ? String(FIRST_ID + store.next("linode id")) : (asText(object[name]) ?? undefined),
    );
    if ("id" in rendered) return rendered.id;
    throw new Refusal(
      linodeError("creating", type, 400, `${rendered.missing} is required`, rendered.missing),
      [rendered.missing],
    );
  },

  chosen: (_type, _id, _object, { now }) => ({ created: apiTime(now), updated: apiTime(now), tags: [] }),
  stamped: (type, _object, { now }) => (type.block.attributes?.["updated"] ? { updated: apiTime(now) } : {}),
  keyOf: (_type, id) => id,
  isOurs: () => true,
  check: () => undefined,

  resolve(_type, link) {
    const id = asNumber(link) ?? asText(link);
    return id === undefined || id === "" || id === 0 ? undefined : String(id);
  },

  importState(type, given) {
    const parent = PARENTS[type.name];
    const [first, second] = given.split(",");
    if (parent === undefined) return { id: given };
    if (second === undefined || !/^\d+$/.test(first!)) {
      throw new Refusal(`invalid import ID: ${JSON.stringify(given)}; expected "<${parent}>,<id>"`);
    }
    return { id: second, [parent]: Number(first) };
  },

  words: {
    duplicate: (type, id) => linodeError("creating", type, 400, `${id} already exists`),
    missing: (type, verb, id) => linodeError(verb, type, 404, `Not found: ${id}`),
    dangling: (type, verb, target, id) =>
      linodeError(verb, type, 404, `${label(target)} ${id} does not exist`),
    inUse: (type, id, user) =>
      linodeError("deleting", type, 400, `${label(type)} ${id} is in use by ${user}`),
  },
};

/** An answer of the API that refuses, as the provider prints it. */
export function linodeError(
  verb: string,
  type: Pick<ResourceType<unknown>, "name">,
  status: number,
  reason: string,
  field?: string,
): string {
  return `Error ${verb} a Linode ${label(type)}: [${status}] ${field === undefined ? "" : `[${field}] `}${reason}`;
}

/** Refuses a label that another object of the type has. */
export function refuseSameLabel(
  type: string,
  attribute: string,
  object: Values,
  around: LinodeSurroundings,
  prior: Values | null,
): void {
  const own = asText(object[attribute]);
  const twin = around
    .list(type)
    .find(({ id, attributes }) => id !== prior?.["id"] && attributes[attribute] === own);
  if (own === undefined || !twin) return;
  const reason = `must be unique among your ${label({ name: type })}s; ${JSON.stringify(own)} belongs to ${twin.id}`;
  throw new Refusal(linodeError(prior ? "updating" : "creating", { name: type }, 400, reason, attribute), [
    attribute,
  ]);
}

const label = (type: { readonly name: string }): string =>
  type.name
    .replace(/^linode_/, "")
    .split("_")
    .map((word) => word[0]!.toUpperCase() + word.slice(1))
    .join("");

/** Times of the API have no fractions. */
const apiTime = (now: string): string => now.replace(/\.\d+Z$/, "Z");
