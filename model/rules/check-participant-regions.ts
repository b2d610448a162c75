import { regionOfZone } from "../catalog";
import type { Customer, Fleet } from "../fleet";
import { parseIpv4Network } from "../ipv4-network";
import { bridgeRegion, regionGroups } from "../mesh";
import { poolRegion } from "../names";
import type { FieldPath, Problem } from "../problem";
import { quoted } from "../quoted";
import { bridgeRegionNames, unknownBridgeRegion } from "./bridge-region-names";
import { atCustomer } from "./entity-ref";
import { indexFleet } from "./fleet-index";
import type { Rule } from "./rule";

type ParticipantRegion = NonNullable<Customer["participantRegion"]>;

/** Participants are put in regions that exist; a region without any bridge near it gets a warning. */
export const checkParticipantRegions: Rule = (fleet) => {
  const known = bridgeRegionNames(fleet.catalog);
  return fleet.customers.flatMap((customer): Problem[] => {
    const { participantRegion } = customer;
    if (!participantRegion) return [];
    const at = atCustomer(customer);
    if (regionsOf(participantRegion).length === 0) {
      const message =
        "places nobody; allowed: header with values, networks, or both; name some, or remove it";
      return [{ at, path: ["participantRegion"], message }];
    }
    const near = regionsWithBridgesNear(fleet, customer);
    return [
      ...networksOf(participantRegion).flatMap(({ path, network }) =>
        hostBits(network).map((message) => ({ at, path, message })),
      ),
      ...regionsOf(participantRegion).flatMap(({ path, region }): Problem[] => {
        if (!known.has(region)) return [{ at, path, message: unknownBridgeRegion(region, known) }];
        if (near.has(region)) return [];
        const message =
          `no bridge of customer ${customer.id} is in ${region} or in a region of its group: participants from there ` +
          "share the bridges of the server's region; add a pool near them, or leave the entry out";
        return [{ at, path, message, severity: "warning" }];
      }),
    ];
  });
};

interface Entry {
  readonly path: FieldPath;
  readonly region: string;
}

function regionsOf({ header, networks = {} }: ParticipantRegion): readonly Entry[] {
  const entries = (map: Readonly<Record<string, string>>, ...path: string[]) =>
    Object.entries(map).map(([key, region]) => ({ path: ["participantRegion", ...path, key], region }));
  return [...entries(header?.values ?? {}, "header", "values"), ...entries(networks, "networks")];
}

const networksOf = ({ header, networks = {} }: ParticipantRegion) => [
  ...(header?.from ?? []).map((network, index): { path: FieldPath; network: string } => ({
    path: ["participantRegion", "header", "from", index],
    network,
  })),
  ...Object.keys(networks).map((network) => ({ path: ["participantRegion", "networks", network], network })),
];

/** A network written as an address in it would be read as the whole network. */
function hostBits(network: string): string[] {
  const { text } = parseIpv4Network(network);
  if (text === network) return [];
  return [
    `${quoted(network)} is not the start of a network; allowed: ${quoted(text)} for the network, ` +
      `${quoted(`${network.split("/")[0]!}/32`)} for the one address; write the one you mean`,
  ];
}

/** The regions with a bridge of the customer, and those that share a group with one. */
function regionsWithBridgesNear(fleet: Fleet, customer: Customer): ReadonlySet<string> {
  const pools = indexFleet(fleet).poolsServing.get(customer.id) ?? [];
  const own = new Set(pools.map(poolRegion));
  if (customer.bridgeOnServer)
    own.add(bridgeRegion(customer.server.cloud, regionOfZone(customer.server.zone)));
  const groups = regionGroups(fleet.catalog, customer).filter((group) =>
    group.some((region) => own.has(region)),
  );
  return new Set([...own, ...groups.flat()]);
}
