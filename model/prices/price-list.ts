import type { Catalog, Cloud } from "../catalog";
import type { Fleet } from "../fleet";
import type { OwnPrices } from "../schema/prices";
import type { Price, PriceUnit, UnknownPrice } from "./price";
import * as shipped from "./shipped-prices";

export type Answer = Price | UnknownPrice;

/**
 * What things cost: the shipped table, and before it the `prices` of accounts/defaults.yaml. Each method says the price's
 * name; an own price may leave the end of the name out, and then holds for all that begin with it.
 */
export class PriceList {
  /** @param own @default the shipped table alone */
  constructor(
    private readonly catalog: Pick<Catalog, "gcpMachineTypes" | "gcpRegions">,
    private readonly own?: OwnPrices,
  ) {}

  /** @param type `n2-standard-4`. @param region `europe-west4`. */
  gcpMachine = (type: string, region: string): Answer =>
    this.find(`gcp/machine/${type}/${region}`, "hour", shipped.gcpMachine(type, region, this.catalog));

  /** @param type `pd-balanced`. */
  gcpDisk = (type: string, region: string): Answer =>
    this.find(`gcp/disk/${type}/${region}`, "GB-month", shipped.gcpDisk(type, region));

  gcpSnapshot = (region: string): Answer =>
    this.find(`gcp/snapshot/${region}`, "GB-month", shipped.gcpSnapshot(region));

  /** Of an external IPv4 address in use. */
  gcpAddress = (region: string): Answer => this.find(`gcp/address/${region}`, "hour", shipped.gcpAddress());

  /** Of custom metrics. */
  gcpMonitoring = (): Answer => this.find("gcp/monitoring", "MiB", shipped.gcpMonitoring());

  gcpRelay = (from: string, to: string): Answer =>
    this.find(`gcp/relay/${from}/${to}`, "GB", shipped.gcpRelay(from, to, this.catalog));

  /** @param type `g6-dedicated-4`. @param region `nl-ams`. */
  linodeMachine = (type: string, region: string): Answer =>
    this.find(`linode/machine/${type}/${region}`, "month", shipped.linodeMachine(type, region));

  /** To the Internet: at Google of every GB, at Linode of what is beyond the account's pool. */
  egress = (cloud: Cloud, region: string): Answer =>
    this.find(
      `${cloud}/egress/${region}`,
      "GB",
      cloud === "gcp" ? shipped.gcpEgress(region) : shipped.linodeEgress(region),
    );

  private find(id: string, per: PriceUnit, price: shipped.ShippedPrice | undefined): Answer {
    const usd = this.ownUsd(id);
    if (this.own && usd !== undefined)
      return { id, per, usd, source: this.own.source, date: this.own.date, basis: "own" };
    return price ? { id, per, ...price } : { id, per };
  }

  /** The longest name wins. */
  private ownUsd(id: string): number | undefined {
    const usd = this.own?.usd ?? {};
    for (let name = id; name.includes("/"); name = name.slice(0, name.lastIndexOf("/")))
      if (Object.hasOwn(usd, name)) return usd[name];
    return undefined;
  }
}

/** The prices that hold for a fleet. */
export const pricesOf = ({ catalog, prices }: Pick<Fleet, "catalog" | "prices">): PriceList =>
  new PriceList(catalog, prices);
