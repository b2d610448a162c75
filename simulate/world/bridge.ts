import type { BridgeStats } from "../../keeper/decide/observation";
import { OVERLOAD_STRESS } from "../../model/capacity";

/** People of one conference on one bridge. */
export interface Placement {
  readonly conference: number;
  readonly bridge: Bridge;
  count: number;
  /** Sum of their weights. */
  weight: number;
  /** What they load the bridge with, relays included, in participants. */
  load: number;
}

/** Minutes of processor use that are kept: the cloud's metric lags by two at most. */
const MINUTES = 4;

/** A machine with its bridge. Whoever changes its load says when. */
export class Bridge {
  /** `booting`: no program yet. `serving`. `exited`: the program is gone, the machine is still paid for. */
  state: "booting" | "serving" | "exited" = "booting";
  /** What the program was told. */
  drain = false;
  graceful = false;
  shuttingDown = false;
  /** People on it. */
  endpoints = 0;
  /** Load, in participants. */
  load = 0;
  readonly placements = new Set<Placement>();

  /** What its last presence told Jicofo, and who was sent to it in the last 20 s. */
  readonly seen = { drain: false, graceful: false, shuttingDown: false, stress: 0 };
  recent = 0;

  /** What the program counted last. */
  private counted = { at: 0, stress: 0, endpoints: 0, conferences: 0 };

  overloadSeconds = 0;
  private changedAt: number;
  private integral = 0;
  private readonly meanLoad = new Float64Array(MINUTES).fill(NaN);

  constructor(
    readonly serial: number,
    readonly createdAt: number,
    readonly template: string,
    readonly release: string,
    /** Load that is stress 1, in participants. */
    readonly fullLoad: number,
    /** Which of two ticks it counts on. */
    readonly phase: number,
  ) {
    this.changedAt = createdAt;
  }

  get name(): string {
    return `bridge-${this.serial}`;
  }

  get stress(): number {
    return this.load / this.fullLoad;
  }

  /** It takes new calls, and is meant to. */
  get isActive(): boolean {
    return this.state === "serving" && !this.drain && !this.isLeaving;
  }

  get isLeaving(): boolean {
    return this.graceful || this.shuttingDown || this.state === "exited";
  }

  changeLoad(now: number, by: number): void {
    this.settle(now);
    this.load = this.placements.size === 0 ? 0 : Math.max(0, this.load + by);
  }

  /** Counts the time since the last change. */
  settle(now: number): void {
    const seconds = now - this.changedAt;
    if (seconds <= 0) return;
    this.integral += this.load * seconds;
    if (this.load > OVERLOAD_STRESS * this.fullLoad + 1e-9) this.overloadSeconds += seconds;
    this.changedAt = now;
  }

  /** Ends a minute of the metric. @param minute Number of the minute that ends now. */
  endMinute(now: number, minute: number): void {
    this.settle(now);
    this.meanLoad[minute % MINUTES] = this.state === "booting" ? NaN : this.integral / 60;
    this.integral = 0;
  }

  /** Mean stress of a minute; NaN where there was no program yet. @param minute One of the last few. */
  stressOfMinute(minute: number): number {
    return minute < 0 ? NaN : this.meanLoad[minute % MINUTES]! / this.fullLoad;
  }

  /** The program counts its load and its people. */
  count(now: number): void {
    this.counted = {
      at: now,
      stress: this.stress,
      endpoints: this.endpoints,
      conferences: this.placements.size,
    };
  }

  /** What Jicofo learns of the program every five seconds. */
  announce(): void {
    this.seen.drain = this.drain;
    this.seen.graceful = this.graceful;
    this.seen.shuttingDown = this.shuttingDown;
    this.seen.stress = this.counted.stress;
  }

  /** The answer of `/colibri/stats`: flags as they are, numbers as they were counted last. */
  stats(now: number): BridgeStats | undefined {
    if (this.state !== "serving") return undefined;
    return {
      ageSeconds: now - this.counted.at,
      stress: this.counted.stress,
      localEndpoints: this.counted.endpoints,
      conferences: this.counted.conferences,
      drain: this.drain,
      shuttingDown: this.graceful || this.shuttingDown,
      ready: true,
    };
  }
}
