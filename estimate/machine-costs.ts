import { regionOfZone } from "../model/catalog";
import type { Customer } from "../model/fleet";
import type { Price, UnknownPrice } from "../model/prices/price";
import type { PriceList } from "../model/prices/price-list";
import { always, mapAmounts } from "./amounts";
import type { BridgeUse } from "./bridge-use";
import { type CostLine, costLine, type LineHead } from "./cost-line";

/** A price with what it is a price of; the caller keeps it for the list of prices in use. */
export type Use = <P extends Price | UnknownPrice>(price: P) => P;

/** Boot disks of servers and bridges: `modules/gcp/app-server.ts`, `modules/gcp/bridge-template.ts`. */
const BOOT_DISK = "pd-balanced";

/** One point of the stress metric a minute, of 8 bytes. */
const METRIC_MIB_PER_HOUR = (60 * 8) / 2 ** 20;

/** The server of a customer, which runs all month. */
export function serverLines(customer: Customer, hours: number, prices: PriceList, use: Use): CostLine[] {
  const { id, account, server, snapshots } = customer;
  const region = regionOfZone(server.zone);
  const head = (kind: LineHead["kind"], what: string): LineHead => ({
    of: { kind: "customer", name: id },
    ...{ account, cloud: server.cloud, region, kind, what },
  });
  return [
    costLine(
      head("machines", `server, ${server.machineType}`),
      always(hours),
      use(prices.gcpMachine(server.machineType, region)),
    ),
    costLine(
      head("disks", `boot disk, ${BOOT_DISK}`),
      always(server.bootDiskGb),
      use(prices.gcpDisk(BOOT_DISK, region)),
    ),
    costLine(
      head("disks", `data disk, ${server.dataDiskType}`),
      always(server.dataDiskGb),
      use(prices.gcpDisk(server.dataDiskType, region)),
    ),
    costLine(
      {
        ...head("snapshots", `${snapshots.retentionDays} daily snapshots of the data disk`),
        note:
          "A snapshot holds what changed since the one before. Floor: an empty disk; expected, a guess: as much as the " +
          "disk's size in all; ceiling: a full disk that changes entirely every day",
      },
      {
        floor: 0,
        expected: server.dataDiskGb,
        ceiling: server.dataDiskGb * (snapshots.retentionDays + 1),
      },
      use(prices.gcpSnapshot(region)),
    ),
    costLine(head("addresses", "IPv4 address of the server"), always(hours), use(prices.gcpAddress(region))),
  ];
}

/** Machines of a pool and what belongs to each. */
export function poolLines(
  { bridges, bridgeHours }: BridgeUse,
  hoursPerMonth: number,
  prices: PriceList,
  use: Use,
): CostLine[] {
  const { name, account, cloud, cloudRegion: region, type, pool } = bridges;
  if (!pool) return [];
  const head = (kind: LineHead["kind"], what: string): LineHead => ({
    of: { kind: "pool", name },
    ...{ account, cloud, region, kind, what },
  });
  if (pool.cloud === "linode") {
    const note = "A month's price: its hours cost no more. The address and the disk are in it";
    return [
      costLine(
        { ...head("machines", `bridges, ${type}`), note },
        always(pool.size),
        use(prices.linodeMachine(type, region)),
      ),
    ];
  }
  const gbMonths = mapAmounts(bridgeHours, (hours) => (pool.bootDiskGb * hours) / hoursPerMonth);
  return [
    costLine(head("machines", `bridges, ${type}`), bridgeHours, use(prices.gcpMachine(type, region))),
    costLine(head("disks", `boot disks, ${BOOT_DISK}`), gbMonths, use(prices.gcpDisk(BOOT_DISK, region))),
    costLine(head("addresses", "IPv4 addresses of the bridges"), bridgeHours, use(prices.gcpAddress(region))),
    costLine(
      {
        ...head("monitoring", "stress metric that the autoscaler reads"),
        note: "Without what Google gives each billing account for nothing",
      },
      mapAmounts(bridgeHours, (hours) => hours * METRIC_MIB_PER_HOUR),
      use(prices.gcpMonitoring()),
    ),
  ];
}
