import type { InstanceGroup } from "./instance-group";
import type { Machine } from "./machine";
import type { AutoscalerObject, AutoscalingPolicy } from "./pool-objects";
import type { StageClock } from "./stage-clock";

/** How often it decides. */
const LOOP_SECONDS = 60;
/** What a machine measures is known so much later: agent, Cloud Monitoring, and the loop that reads it. */
const LAG_SECONDS = 90;
const SAMPLE_SECONDS = 30;
/** It recommends what the peak of this time needed. */
const STABILIZATION_SECONDS = 600;
/** Stress is CPU over this share. */
const STRESS_PER_CPU = 0.9;

interface Sample {
  readonly at: number;
  readonly machine: Machine;
  readonly stress: number;
}

/**
 * An autoscaler that may only add, on CPU and on the custom metric of the bridges' stress: the larger need counts, within
 * minimum and maximum. A machine's load counts once its initialisation is over.
 */
export class Autoscaler {
  readonly name: string;
  policy: AutoscalingPolicy;
  /** Undefined while there is nothing to compute it from. */
  recommendedSize: number | undefined;
  /** No metric arrives while it is set. */
  isBlind = false;
  private samples: Sample[] = [];
  private needs: { readonly at: number; readonly machines: number }[] = [];

  constructor(
    object: AutoscalerObject,
    private readonly group: InstanceGroup,
    private readonly clock: StageClock,
  ) {
    this.name = object.name;
    this.policy = object.policy;
    clock.every(SAMPLE_SECONDS, () => this.sample());
    clock.every(LOOP_SECONDS, () => this.decide());
    group.grow(this.policy.minNumReplicas);
  }

  private sample(): void {
    const { now } = this.clock;
    this.samples = this.samples.filter(({ at }) => now - at < LAG_SECONDS + 2 * SAMPLE_SECONDS);
    if (this.isBlind) return;
    for (const machine of this.group.machines.values()) {
      if (machine.jvb && !machine.jvb.ended && !machine.isStopping)
        this.samples.push({ at: now, machine, stress: machine.jvb.stress });
    }
  }

  private decide(): void {
    if (this.policy.mode === "OFF") return;
    const { now } = this.clock;
    const { minNumReplicas: min, maxNumReplicas: max } = this.policy;
    const machines = this.need(now - LAG_SECONDS);
    if (machines !== undefined) this.needs.push({ at: now, machines });
    this.needs = this.needs.filter(({ at }) => now - at <= STABILIZATION_SECONDS);
    const isKnown = machines !== undefined || this.group.machines.size === 0;
    const peak = Math.max(0, ...this.needs.map((need) => need.machines));
    this.recommendedSize = isKnown ? Math.min(max, Math.max(min, peak)) : undefined;
    this.group.grow(Math.max(min, this.recommendedSize ?? 0));
  }

  /** Machines that the load of that moment asks for; undefined when nothing is known of it. */
  private need(moment: number): number | undefined {
    const newest = new Map<Machine, number>();
    for (const { at, machine, stress } of this.samples) if (at <= moment) newest.set(machine, stress);
    if (newest.size === 0) return undefined;
    const measured = [...newest].filter(
      ([machine]) => !machine.isStopping && machine.ageSeconds >= this.policy.coolDownPeriodSec,
    );
    const stress = measured.reduce((sum, [, each]) => sum + each, 0);
    const targets = [
      ...(this.policy.customMetricUtilizations ?? []).map(({ utilizationTarget }) => utilizationTarget),
      ...(this.policy.cpuUtilization ? [this.policy.cpuUtilization.utilizationTarget / STRESS_PER_CPU] : []),
    ];
    return Math.ceil(Math.max(0, ...targets.map((target) => stress / target)) - 1e-9);
  }
}
