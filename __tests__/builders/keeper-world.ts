import type { Action } from "../../keeper/decide/action";
import { decide } from "../../keeper/decide/decide";
import { EMPTY_MEMORY, type Memory } from "../../keeper/decide/memory";
import type { BridgeView } from "../../keeper/decide/observation";
import type { KeeperSettings } from "../../keeper/decide/settings";

interface Machine {
  readonly id: string;
  readonly born: number;
  readonly template: "old" | "new";
  people: number;
  rounds: number;
  drain: boolean;
  /** Rounds until its program is gone, once it was told to leave. */
  leavesIn: number | undefined;
}

export interface WorldOptions {
  readonly seed: number;
  readonly bridges: number;
  readonly people: readonly number[];
  readonly rounds: readonly number[];
  /** How many of the bridges are of the old template. */
  readonly old: number;
  /** Share of calls that get lost, and of answers that are missing. */
  readonly loss: number;
  /** Share of rounds before which the memory is lost. */
  readonly forgets: number;
}

const ROUND_SECONDS = 30;

/**
 * A pool that answers to its keeper: people leave when their calls end or are moved, machines boot and go, the
 * autoscaler keeps its minimum and never removes anything, a machine that is down is made anew.
 */
export class KeeperWorld {
  /** People whose machine was deleted under them. */
  cut = 0;
  moved = 0;
  acted = 0;
  loss: number;
  forgets: number;
  private now = 1_000_000;
  private machines: Machine[];
  private target: number;
  private min: number;
  private readonly max = 12;
  private made = 0;
  private memory: Memory = EMPTY_MEMORY;
  private state: number;

  constructor(
    options: WorldOptions,
    private readonly settings: KeeperSettings,
  ) {
    this.loss = options.loss;
    this.forgets = options.forgets;
    this.state = options.seed;
    this.min = settings.min;
    this.target = Math.max(options.bridges, settings.min);
    this.machines = Array.from({ length: this.target }, (_, i) => ({
      ...this.machine(i < options.old ? "old" : "new", -5000),
      people: options.people[i]!,
      rounds: options.rounds[i]!,
    }));
  }

  names(): string[] {
    return this.machines.map(({ id }) => id);
  }

  /** The least that the group can come down to: nobody is left in the end. */
  needed(): number {
    return this.settings.min;
  }

  group(): { size: number; old: number; drained: number; min: number } {
    return {
      size: this.machines.length,
      old: this.machines.filter(({ template }) => template === "old").length,
      drained: this.machines.filter(({ drain }) => drain).length,
      min: this.min,
    };
  }

  run(rounds: number): void {
    for (let round = 0; round < rounds; round += 1) {
      this.pass();
      if (this.random() < this.forgets) this.memory = EMPTY_MEMORY;
      const { actions, memory } = decide(this.observe(), this.settings, this.memory);
      this.memory = memory;
      for (const action of actions) {
        if (this.random() < this.loss) break;
        this.acted += 1;
        this.do(action);
      }
    }
  }

  do(action: Action): void {
    if (action.kind === "set-min") {
      this.min = action.min;
      return;
    }
    const machine = this.machines.find(({ id }) => id === action.bridge)!;
    switch (action.kind) {
      case "drain":
        machine.drain = true;
        break;
      case "undrain":
        machine.drain = false;
        break;
      case "move":
        this.move(machine);
        break;
      case "shutdown":
        if (action.forced) this.move(machine);
        machine.leavesIn = 2;
        break;
      case "delete":
        this.cut += machine.people;
        this.machines = this.machines.filter((other) => other !== machine);
        this.target -= 1;
    }
  }

  private move(from: Machine): void {
    const to = this.machines.find((other) => other !== from && !other.drain && other.leavesIn === undefined);
    if (!to) return;
    to.people += from.people;
    to.rounds = Math.max(to.rounds, from.rounds);
    this.moved += from.people;
    from.people = 0;
  }

  /** A round goes by in the world. */
  private pass(): void {
    this.now += ROUND_SECONDS;
    for (const machine of this.machines) {
      machine.rounds -= 1;
      if (machine.rounds <= 0) machine.people = 0;
      if (machine.leavesIn !== undefined) machine.leavesIn -= 1;
    }
    // Autohealing, long after a bridge went down.
    this.machines = this.machines.map((machine) =>
      machine.leavesIn !== undefined && machine.leavesIn < -8 ? this.machine("new", this.now) : machine,
    );
    this.target = Math.min(this.max, Math.max(this.target, this.min));
    while (this.machines.length < this.target) this.machines.push(this.machine("new", this.now));
  }

  private observe() {
    const isLost = () => this.random() < this.loss / 4;
    return {
      now: this.now,
      group: isLost()
        ? undefined
        : {
            target: this.target,
            recommended: isLost() ? undefined : this.min,
            min: this.min,
            max: this.max,
            template: "new",
            release: "r2",
          },
      bridges: this.machines.map((machine): BridgeView => {
        const age = this.now - machine.born;
        const isUp = age > 120 && (machine.leavesIn ?? 1) > 0;
        return {
          id: machine.id,
          ageSeconds: age,
          template: machine.template,
          release: machine.template === "old" ? "r1" : "r2",
          phase: age <= 60 ? "coming" : "running",
          stats:
            isUp && !isLost()
              ? {
                  ageSeconds: 3,
                  stress: machine.people / 100,
                  localEndpoints: machine.people,
                  conferences: Math.ceil(machine.people / 5),
                  drain: machine.drain,
                  shuttingDown: machine.leavesIn !== undefined,
                  ready: true,
                }
              : undefined,
          isDown: !isUp && age > 60,
          jicofoEndpoints: isLost() ? undefined : machine.people,
        };
      }),
      scheduledBridges: 0,
      orders: { paused: false, drain: [] },
    };
  }

  private machine(template: "old" | "new", born: number): Machine {
    this.made += 1;
    return { id: `m${this.made}`, born, template, people: 0, rounds: 0, drain: false, leavesIn: undefined };
  }

  /** Mulberry32. */
  private random(): number {
    this.state = (this.state + 0x6d2b79f5) | 0;
    let t = Math.imul(this.state ^ (this.state >>> 15), 1 | this.state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  }
}
