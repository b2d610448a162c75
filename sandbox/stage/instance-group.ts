import { Machine } from "./machine";
import type { Cause } from "./ledger";
import type { MachineOptions } from "./machine";
import type { GroupObject, PoolObjects, TemplateObject } from "./pool-objects";
import type { SeededRandom } from "./seeded-random";

const STOPPING_SECONDS = 40;
const LETTERS = [..."bcdfghjklmnpqrstvwxz0123456789"];

export interface GroupOptions extends Pick<
  MachineOptions,
  "bootSeconds" | "jvb" | "clock" | "ledger" | "onStart" | "onEnd"
> {
  readonly pool: PoolObjects;
  readonly random: SeededRandom;
  /** An internal address that no machine has. */
  readonly nextAddress: () => string;
}

/** A managed instance group with OPPORTUNISTIC updates: machines as they were made, new ones from its template. */
export class InstanceGroup {
  readonly object: GroupObject;
  readonly machines = new Map<string, Machine>();
  target = 0;
  template: TemplateObject;
  /** Every template that there was: machines of an old one go on naming it. */
  readonly templates = new Map<string, TemplateObject>();
  private unwell = new Map<string, number>();
  private serial = 1;

  constructor(private readonly options: GroupOptions) {
    this.object = options.pool.group;
    this.template = options.pool.template;
    this.templates.set(this.template.name, this.template);
    const healing = this.object.autoHealing;
    if (healing) options.clock.every(healing.checkIntervalSec, () => this.heal());
  }

  /** New machines are made from it; those that run are as they were. */
  setTemplate(template: TemplateObject): void {
    this.template = template;
    this.templates.set(template.name, template);
  }

  /** Makes machines until there are so many. It removes none. */
  grow(target: number): void {
    if (target <= this.target) return;
    const missing = target - this.target;
    this.target = target;
    for (let made = 0; made < missing; made += 1) this.create(this.freeName(), this.emptiestZone());
  }

  /** They go, and the target with them. They are members, and none is going yet: see the API. */
  delete(names: readonly string[], cause: Cause): void {
    for (const name of names) {
      const machine = this.machines.get(name)!;
      this.target -= 1;
      machine.stop(cause, "DELETING");
      this.options.clock.after(STOPPING_SECONDS, () => this.machines.delete(name));
    }
  }

  /** Machines whose bridge has been down for long are made anew, under their name and in their zone, from the template of now. */
  private heal(): void {
    const { initialDelaySec, unhealthyThreshold } = this.object.autoHealing!;
    for (const machine of this.machines.values()) {
      const isUnwell =
        !machine.isHealthy && machine.ageSeconds > initialDelaySec && machine.status === "RUNNING";
      const times = isUnwell ? (this.unwell.get(machine.name) ?? 0) + 1 : 0;
      this.unwell.set(machine.name, times);
      if (times < unhealthyThreshold) continue;
      this.unwell.delete(machine.name);
      machine.stop({ who: "autohealing", what: "recreate" }, "RECREATING");
      this.options.clock.after(STOPPING_SECONDS, () => {
        // It may have been deleted meanwhile.
        if (this.machines.get(machine.name) === machine && machine.action === "RECREATING")
          this.create(machine.name, machine.options.zone);
      });
    }
  }

  private create(name: string, zone: string): void {
    const { random, nextAddress, bootSeconds, jvb, clock, ledger, onStart, onEnd } = this.options;
    const machine = new Machine({
      name,
      id: String(4_000_000_000_000_000_000n + BigInt(this.serial)),
      zone,
      address: nextAddress(),
      template: this.template,
      bootSeconds: bootSeconds * random.between(0.9, 1.1),
      jvb,
      clock,
      ledger,
      onStart,
      onEnd,
    });
    this.serial += 1;
    this.machines.set(name, machine);
  }

  private emptiestZone(): string {
    const inZone = (zone: string): number =>
      [...this.machines.values()].filter(({ options }) => options.zone === zone).length;
    return [...this.options.pool.zones].sort((a, b) => inZone(a) - inZone(b))[0]!;
  }

  private freeName(): string {
    const { random } = this.options;
    for (;;) {
      const letters = Array.from({ length: 4 }, () => random.pick(LETTERS)).join("");
      const name = `${this.object.baseInstanceName}-${letters}`;
      if (!this.machines.has(name)) return name;
    }
  }
}
