import type { Bridge } from "../world/bridge";
import type { Controller, World } from "../world/world";

/** Jitsi's own autoscaler with the numbers that 8x8 runs bridges with. */
const UP = { stress: 0.3, periods: 2 } as const;
const DOWN = { stress: 0.1, periods: 10 } as const;
const GRACE_SECONDS = 600;
const PROTECTED_SECONDS = 900;

/** One bridge more or less at a time, by the mean stress of those that take calls; a victim leaves when it is empty. */
export class JitsiAutoscaler implements Controller {
  readonly intervalSeconds = 60;
  private desired: number;
  private graceUntil = 0;
  /** Mean stress of the last minutes, the latest first. */
  private readonly periods: number[] = [];

  constructor(
    private readonly world: World,
    private readonly options: { readonly min: number; readonly max: number },
  ) {
    this.desired = world.machines.length;
  }

  look(now: number): void {
    const { world } = this;
    for (const bridge of [...world.machines]) if (bridge.state === "exited") world.delete(bridge);

    const running = world.machines.filter(({ isLeaving }) => !isLeaving);
    const serving = running.filter(({ state }) => state === "serving");
    const stresses = serving.map((bridge) => bridge.stressOfMinute(world.minutes - 1)).filter((s) => s >= 0);
    if (stresses.length === 0) return;
    this.periods.unshift(stresses.reduce((sum, stress) => sum + stress, 0) / stresses.length);
    this.periods.length = Math.min(this.periods.length, DOWN.periods);
    if (running.length !== this.desired || serving.length !== this.desired || now < this.graceUntil) return;

    if (this.isAll(UP.periods, (stress) => stress >= UP.stress) && this.desired < this.options.max) {
      this.desired += 1;
      this.graceUntil = now + GRACE_SECONDS;
      world.create();
    } else if (
      this.isAll(DOWN.periods, (stress) => stress < DOWN.stress) &&
      this.desired > this.options.min
    ) {
      const victim = this.victim(serving);
      if (!victim) return;
      this.desired -= 1;
      this.graceUntil = now + GRACE_SECONDS;
      world.shutdown(victim, false);
    }
  }

  private isAll(periods: number, is: (stress: number) => boolean): boolean {
    return this.periods.length >= periods && this.periods.slice(0, periods).every(is);
  }

  private victim(serving: readonly Bridge[]): Bridge | undefined {
    return serving
      .filter((bridge) => this.world.ageOf(bridge) >= PROTECTED_SECONDS)
      .sort((a, b) => a.endpoints - b.endpoints || a.serial - b.serial)[0];
  }
}
