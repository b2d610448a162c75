import type { FleetMap, MapCustomer, MapPool } from "./fleet-map";

/** A box of the picture: a server or a pool, or all of them in one region. */
export interface Card {
  readonly key: string;
  /** Which side it stands on. */
  readonly side: "servers" | "pools";
  readonly cloud: "gcp" | "linode";
  readonly title: string;
  /** Said at the other end of the title's line. */
  readonly tag: string;
  /** What matters most first. */
  readonly lines: readonly string[];
}

/** Servers and pools of one account in one region of one cloud. */
export interface Lane {
  /** `gcp-europe-west4` */
  readonly region: string;
  readonly servers: readonly Card[];
  readonly pools: readonly Card[];
}

export interface Group {
  /** `Europe` */
  readonly name: string;
  readonly lanes: readonly Lane[];
}

export interface Frame {
  readonly account: string;
  readonly note: string;
  readonly groups: readonly Group[];
}

/** A pool serves a customer. */
export interface Link {
  readonly server: string;
  readonly pool: string;
  /** The pool's home, where its keeper runs, if it has one. */
  readonly home: "keeper" | "home" | "none";
  /** How many it stands for. */
  readonly count: number;
}

/** Pools that relay to one another. */
export interface Octo {
  readonly pools: readonly string[];
  /** Whose calls: `abc`, `12 customers`. */
  readonly label: string;
}

/** What is drawn, in the order in which it stands: of text and of SVG. */
export interface Picture {
  readonly frames: readonly Frame[];
  readonly links: readonly Link[];
  readonly octos: readonly Octo[];
  /** True when the cards stand for all of a region. */
  readonly isSummary: boolean;
}

/** Somebody's place in the picture. */
export interface Placed {
  readonly account: string;
  readonly region: string;
  readonly card: Card;
}

export const CLOUD_NAMES = { gcp: "Google", linode: "Linode" } as const;

/** A card for each customer and each pool. */
export function detailedPicture(map: FleetMap): Picture {
  const owner = new Map(map.customers.map(({ id, account }) => [id, account]));
  return {
    frames: framesOf(map, [...map.customers.map(serverCard), ...map.pools.map((pool) => poolCard(pool))]),
    links: map.pools.flatMap(({ name, serves, keeper }) =>
      serves.map((id, index) => ({
        server: serverKey(id),
        pool: name,
        home: index > 0 ? "none" : keeper === "off" ? "home" : "keeper",
        count: 1,
      })),
    ),
    octos: map.meshes.map(({ pools, customers }) => ({
      pools,
      label: customers.length > 3 ? `${customers.length} customers` : customers.join(", "),
    })),
    isSummary: false,
  };

  function poolCard(pool: MapPool): Placed {
    const { name, account, region, cloud, serves } = pool;
    const home = serves[0] ?? "elsewhere";
    const others = [...new Set(serves.map((id) => owner.get(id)!))].filter((id) => id !== account);
    return {
      account,
      region,
      card: {
        key: name,
        side: "pools",
        cloud,
        title: pool.onServer ? "on the server" : name.slice(account.length + 1),
        tag: CLOUD_NAMES[cloud],
        lines: [
          `${bridgesText(pool)} · ${pool.machineType}`,
          pool.onServer
            ? `shares the server of ${home}`
            : [
                `home ${home}`,
                ...(pool.keeper === "off" ? [] : [`keeper ${pool.keeper === "act" ? "acts" : "observes"}`]),
                ...(others.length === 0 ? [] : [`also for ${others.join(", ")}`]),
              ].join(" · "),
        ],
      },
    };
  }
}

const serverKey = (id: string): string => `server of ${id}`;

const serverCard = ({ id, account, region, zone, machineType, hostname }: MapCustomer): Placed => ({
  account,
  region,
  card: {
    key: serverKey(id),
    side: "servers",
    cloud: "gcp",
    title: id,
    tag: "",
    lines: [hostname, `${machineType} in ${zone}`],
  },
});

/** `2 to 8 bridges`, `3 bridges, 1 draining`. */
function bridgesText({ min, max, draining }: MapPool): string {
  const number = min === max ? String(min) : `${min} to ${max}`;
  return `${number} ${max === 1 ? "bridge" : "bridges"}${draining === 0 ? "" : `, ${draining} draining`}`;
}

/** Cards sorted into accounts, region groups and regions: those with servers first. */
export function framesOf({ accounts, groups }: FleetMap, placed: readonly Placed[]): readonly Frame[] {
  return accounts.map(({ id, project, domain }) => {
    const lanes = new Map<string, { servers: Card[]; pools: Card[] }>();
    for (const { account, region, card } of placed) {
      if (account !== id) continue;
      if (!lanes.has(region)) lanes.set(region, { servers: [], pools: [] });
      lanes.get(region)![card.side].push(card);
    }
    const byGroup = new Map<string, Lane[]>();
    for (const [region, cards] of lanes) {
      const group = nameOf(groups[region] ?? "other");
      byGroup.set(group, [...(byGroup.get(group) ?? []), { region, ...cards }]);
    }
    return {
      account: id,
      note: [...(project === null ? [] : [`project ${project}`]), ...(domain === null ? [] : [domain])].join(
        " · ",
      ),
      groups: [...byGroup]
        .sort(([a], [b]) => compare(a, b))
        .map(([name, unsorted]) => ({ name, lanes: unsorted.sort(byServers) })),
    };
  });
}

const byServers = (a: Lane, b: Lane): number =>
  Number(a.servers.length === 0) - Number(b.servers.length === 0) || compare(a.region, b.region);

/** `north-america` is `North America`. */
const nameOf = (continent: string): string =>
  continent
    .split("-")
    .map((word) => word[0]!.toUpperCase() + word.slice(1))
    .join(" ");

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
