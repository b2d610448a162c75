import type { Random } from "../random";
import type { Schedules } from "../world/schedules";
import type { Bridge } from "../world/bridge";
import type { Controller, World } from "../world/world";

/** Until a point of a metric can be read. With the minute that it tells of, and the look, it is up to three old. */
const INGESTION_SECONDS = 60;

/** Looks whose peak decides on removals: ten minutes, one a minute. */
const STABILISATION_LOOKS = 10;

export interface AutoscalerOptions {
  /** `only-scale-out`: the target never falls by itself. */
  readonly mode: "on" | "only-scale-out";
  readonly min: number;
  readonly max: number;
  readonly schedules: Schedules;
  /** Mean stress of the machines that each signal is to have; the signal that asks for most wins. */
  readonly targets: readonly number[];
  /** Age below which the load of a machine is no reason to add more (`cooldownPeriod`). */
  readonly initialisationSeconds: number;
  /** Whom it removes; Google does not say. */
  readonly random: Random;
}

/** Google's autoscaler of a managed instance group with the group's size, as the documentation has it. */
export class GoogleAutoscaler implements Controller {
  readonly intervalSeconds = 60;
  /** Machines that the group shall have. */
  target: number;
  recommended: number | undefined;
  /** Least number that it keeps up; a keeper may raise it. */
  min: number;
  /** Sizes that the last looks asked for, with the load of all machines. */
  private readonly asked: number[];

  constructor(
    private readonly world: World,
    readonly options: AutoscalerOptions,
  ) {
    this.min = options.min;
    this.target = world.machines.length;
    // The machines of the beginning have run for long, because so many were asked for.
    this.asked = new Array<number>(STABILISATION_LOOKS).fill(this.target);
  }

  look(now: number): void {
    const { options, world } = this;
    const minute = Math.floor((now - INGESTION_SECONDS) / 60) - 1;
    const least = Math.min(options.max, Math.max(this.min, options.schedules.bridges(now)));
    const bounded = (size: number) => Math.min(options.max, Math.max(least, size));

    this.asked.push(bounded(this.sizeFor(minute, 0)));
    if (this.asked.length > STABILISATION_LOOKS) this.asked.shift();
    const out = bounded(this.sizeFor(minute, options.initialisationSeconds));
    // Nothing is known of the minutes before the first look, so the size at that time counts for them.
    const peak = this.asked.length < STABILISATION_LOOKS ? Infinity : Math.max(...this.asked);
    this.recommended = out > this.target ? out : Math.min(this.target, bounded(peak));
    world.recommended = this.recommended;

    if (this.recommended > this.target || options.mode === "on") this.resize(this.recommended);
  }

  /** One machine goes, and the target with it. */
  deleteInstance(bridge: Bridge): void {
    this.target -= 1;
    this.world.delete(bridge);
  }

  private sizeFor(minute: number, youngestSeconds: number): number {
    let stress = 0;
    for (const bridge of this.world.machines) {
      if (this.world.ageOf(bridge) < youngestSeconds) continue;
      const value = bridge.stressOfMinute(minute);
      if (value > 0) stress += value;
    }
    // Rounded up, but not for what binary fractions add.
    return Math.max(0, ...this.options.targets.map((target) => Math.ceil(stress / target - 1e-9)));
  }

  private resize(target: number): void {
    const { world } = this;
    this.target = target;
    while (world.machines.length < target) world.create();
    while (world.machines.length > target)
      world.delete(world.machines[this.options.random.below(world.machines.length)]!);
  }
}
