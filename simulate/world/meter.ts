import type { Sample, Totals } from "../result";
import type { SimulatedPool } from "../simulated-pool";
import { OVERLOAD_STRESS } from "../../model/capacity";
import type { Bridge } from "./bridge";
import type { Rooms } from "./rooms";

/** What is counted while a simulation runs. */
export class Meter {
  readonly samples: Sample[] = [];
  private machineSeconds = 0;
  private overloadSeconds = 0;
  private shortSince: number | undefined;
  private readonly shortages: number[] = [];
  private before = { interrupted: 0, moved: 0, refused: 0 };

  constructor(
    private readonly pool: SimulatedPool,
    private readonly rooms: Rooms,
  ) {}

  /** A machine is paid for until now. */
  retire(now: number, bridge: Bridge): void {
    bridge.settle(now);
    this.machineSeconds += now - bridge.createdAt;
    this.overloadSeconds += bridge.overloadSeconds;
  }

  /** Looks whether the bridges that take calls suffice. */
  look(now: number, machines: readonly Bridge[]): void {
    let load = 0;
    let active = 0;
    for (const bridge of machines) {
      load += bridge.load;
      if (bridge.isActive) active += 1;
    }
    const isShort = load > this.capacityOf(active) + 1e-6;
    if (isShort) this.shortSince ??= now;
    else this.endShortage(now);
  }

  sample(now: number, machines: readonly Bridge[], recommended: number | null): void {
    const { joined, left, interrupted, moved, refused } = this.rooms.counts;
    const count = (is: (bridge: Bridge) => boolean) => machines.filter(is).length;
    const active = count((bridge) => bridge.isActive);
    this.samples.push({
      at: now,
      demand: joined - left,
      capacity: this.capacityOf(active),
      booting: count(({ state }) => state === "booting"),
      active,
      draining: count(({ state, drain, isLeaving }) => state === "serving" && drain && !isLeaving),
      leaving: count(({ isLeaving }) => isLeaving),
      recommended,
      overloaded: count(({ stress }) => stress > OVERLOAD_STRESS),
      interrupted: interrupted - this.before.interrupted,
      moved: moved - this.before.moved,
      refused: refused - this.before.refused,
    });
    this.before = { interrupted, moved, refused };
  }

  /** @param machines Those that still run at the end. */
  totals(now: number, machines: readonly Bridge[]): Totals {
    for (const bridge of machines) this.retire(now, bridge);
    this.endShortage(now);
    const { joined, interrupted, moved, refused } = this.rooms.counts;
    const hours = this.machineSeconds / 3600;
    const { price } = this.pool;
    return {
      participants: joined,
      interrupted,
      moved,
      overloadMinutes: this.overloadSeconds / 60,
      joinsRefused: refused,
      timeToCapacity: {
        mean: this.shortages.reduce((sum, seconds) => sum + seconds, 0) / Math.max(1, this.shortages.length),
        max: this.shortages.reduce((max, seconds) => Math.max(max, seconds), 0),
      },
      bridgeHours: hours,
      costUsd: price ? hours * price.usdPerHour : null,
    };
  }

  private capacityOf(active: number): number {
    return active * this.pool.settings.scaling.targetStress * this.pool.participantsPerBridge;
  }

  private endShortage(now: number): void {
    if (this.shortSince !== undefined) this.shortages.push(now - this.shortSince);
    this.shortSince = undefined;
  }
}
