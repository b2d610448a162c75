import { counted } from "../counted";
import { regionOfZone } from "../catalog";
import type { Account, Customer, Fleet, GcpPool } from "../fleet";
import { parseIpv4Network } from "../ipv4-network";
import type { Problem } from "../problem";
import { atAccount, atPool } from "./entity-ref";
import type { Rule } from "./rule";

/** Addresses of every subnet that Google Cloud keeps: network, gateway, last but one, broadcast. */
const RESERVED_ADDRESSES = 4;

/** The servers and bridges of a region have addresses in its subnet, and every pool can reach its maximum. */
export const checkSubnetCapacity: Rule = (fleet) => {
  const servers = grouped(fleet.customers, (c: Customer) => `${c.account}/${regionOfZone(c.server.zone)}`);
  const pools = grouped(gcpPools(fleet), (pool) => `${pool.account}/${pool.region}`);
  return fleet.accounts.flatMap((account) =>
    Object.entries(account.gcp?.network.regions ?? {}).flatMap(([region, cidr]) => {
      const key = `${account.id}/${region}`;
      return checkSubnet(account, region, cidr, servers.get(key)?.length ?? 0, pools.get(key) ?? []);
    }),
  );
};

function checkSubnet(
  account: Account,
  region: string,
  cidr: string,
  servers: number,
  pools: readonly GcpPool[],
): Problem[] {
  const { prefix } = parseIpv4Network(cidr);
  const room = 2 ** (32 - prefix) - RESERVED_ADDRESSES;
  const always = servers + sum(pools.map(({ size }) => size.min));
  const atMost = servers + sum(pools.map(({ size }) => size.max));
  if (room <= 0) return []; // Too narrow for any subnet: check-networks says so.
  const at = { at: atAccount(account), path: ["gcp", "network", "regions", region] };
  const subnet = `"${cidr}" has room for ${counted(room, "machine")}`;
  const widen = `allowed: /${prefixFor(atMost)} or wider; write one: a range grows in place`;

  if (always > room) {
    const running = `${counted(servers, "server")} and ${counted(always - servers, "bridge")}`;
    return [{ ...at, message: `${subnet}, and ${region} always runs ${running}; ${widen}` }];
  }
  const cramped = pools.flatMap((pool): Problem[] => {
    const others = always - pool.size.min;
    if (others + pool.size.max <= room) return [];
    return [
      {
        at: atPool(pool),
        path: ["size", "max"],
        message:
          `${counted(pool.size.max, "bridge")} do not fit: ${subnet} in ${region}, of which others take ${others}; ` +
          `allowed: at most ${room - others}; lower it, or write /${prefixFor(atMost)} or wider in ` +
          `accounts/${account.id}/account.yaml: a range grows in place`,
      },
    ];
  });
  if (cramped.length > 0 || atMost <= room) return cramped;
  return [
    {
      ...at,
      message: `${subnet}, and the servers and pools of ${region} may grow to ${atMost} together; ${widen}`,
      severity: "warning",
    },
  ];
}

/** Narrowest prefix whose network has room for so many machines. */
const prefixFor = (machines: number): number =>
  32 - Math.max(3, Math.ceil(Math.log2(machines + RESERVED_ADDRESSES)));

const sum = (numbers: readonly number[]): number => numbers.reduce((total, number) => total + number, 0);

const gcpPools = ({ pools }: Fleet): GcpPool[] =>
  pools.filter((pool): pool is GcpPool => pool.cloud === "gcp");

function grouped<T>(items: readonly T[], keyOf: (item: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const key = keyOf(item);
    const group = groups.get(key);
    if (group) group.push(item);
    else groups.set(key, [item]);
  }
  return groups;
}
