import { counted } from "../../model/counted";
import type { FleetMap, MapCustomer, MapPool } from "./fleet-map";
import {
  type Card,
  CLOUD_NAMES,
  detailedPicture,
  framesOf,
  type Link,
  type Picture,
  type Placed,
} from "./picture";

/** Customers that a picture shows one by one at most. */
export const MOST_CUSTOMERS = 30;

/** The picture of a map: each customer and pool, or for many customers what there is in each region. */
export const pictureOf = (map: FleetMap): Picture =>
  map.customers.length > MOST_CUSTOMERS ? summaryPicture(map) : detailedPicture(map);

const keyOf = (
  side: Card["side"],
  { account, region }: { readonly account: string; readonly region: string },
) => `${side} ${account} ${region}`;

/** A card for the servers and one for the pools of each region of an account. */
export function summaryPicture(map: FleetMap): Picture {
  const customerOf = new Map(map.customers.map((customer) => [customer.id, customer]));
  const poolOf = new Map(map.pools.map((pool) => [pool.name, pool]));
  const links = new Map<string, Link>();
  for (const pool of map.pools)
    for (const [index, id] of pool.serves.entries()) {
      const [server, poolKey] = [keyOf("servers", customerOf.get(id)!), keyOf("pools", pool)];
      const key = `${server} ${poolKey}`;
      const before = links.get(key);
      const home = index > 0 ? "none" : pool.keeper === "off" ? "home" : "keeper";
      const rank = { none: 0, home: 1, keeper: 2 };
      const strongest = before && rank[before.home] > rank[home] ? before.home : home;
      links.set(key, { server, pool: poolKey, home: strongest, count: (before?.count ?? 0) + 1 });
    }
  const meshes = new Map<string, { pools: readonly string[]; customers: number }>();
  for (const { pools, customers } of map.meshes) {
    const keys = [...new Set(pools.map((name) => keyOf("pools", poolOf.get(name)!)))].sort();
    if (keys.length < 2) continue;
    const key = keys.join("\n");
    const known = meshes.get(key)?.customers ?? 0;
    meshes.set(key, { pools: keys, customers: known + customers.length });
  }
  return {
    frames: framesOf(map, [
      ...grouped("servers", map.customers).map(serversCard),
      ...grouped("pools", map.pools).map(poolsCard),
    ]),
    links: [...links.values()],
    octos: [...meshes.values()].map(({ pools, customers }) => ({
      pools,
      label: counted(customers, "customer"),
    })),
    isSummary: true,
  };
}

function grouped<T extends { readonly account: string; readonly region: string }>(
  side: Card["side"],
  entities: readonly T[],
): readonly T[][] {
  const groups = new Map<string, T[]>();
  for (const entity of entities) {
    const key = keyOf(side, entity);
    groups.set(key, [...(groups.get(key) ?? []), entity]);
  }
  return [...groups.values()];
}

function serversCard(customers: readonly MapCustomer[]): Placed {
  const { account, region } = customers[0]!;
  return {
    account,
    region,
    card: {
      key: keyOf("servers", customers[0]!),
      side: "servers",
      cloud: "gcp",
      title: counted(customers.length, "customer"),
      tag: "",
      lines: [
        typesText(customers),
        `${counted(
          customers.reduce((sum, { keeps }) => sum + keeps.length, 0),
          "pool",
        )} kept from here`,
      ],
    },
  };
}

function poolsCard(pools: readonly MapPool[]): Placed {
  const { account, region, cloud } = pools[0]!;
  const sum = (of: (pool: MapPool) => number) => pools.reduce((total, pool) => total + of(pool), 0);
  const [min, max, draining] = [
    sum((pool) => pool.min),
    sum((pool) => pool.max),
    sum((pool) => pool.draining),
  ];
  return {
    account,
    region,
    card: {
      key: keyOf("pools", pools[0]!),
      side: "pools",
      cloud,
      title: counted(pools.length, "pool"),
      tag: CLOUD_NAMES[cloud],
      lines: [
        `${min === max ? min : `${min} to ${max}`} bridges${draining === 0 ? "" : `, ${draining} draining`}`,
        typesText(pools),
      ],
    },
  };
}

/** Machine types, the most frequent first: `34 n2-standard-4, 2 n2-standard-8`. */
function typesText(machines: readonly { readonly machineType: string }[]): string {
  const counts = new Map<string, number>();
  for (const { machineType } of machines) counts.set(machineType, (counts.get(machineType) ?? 0) + 1);
  return [...counts]
    .sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1))
    .map(([type, count]) => `${count} ${type}`)
    .join(", ");
}
