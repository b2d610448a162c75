import { Random } from "../random";
import type { Calls } from "../trace";
import type { SimulatedPool } from "../simulated-pool";
import { Bridge } from "./bridge";
import { Meter } from "./meter";
import { Rooms } from "./rooms";
import { Timers } from "./timers";

/** Everything regular happens on ticks: a presence, a measurement, a policy's look. */
export const TICK_SECONDS = 5;

/** Seconds of the trace in a step of `steps`. */
const STEP_SECONDS = 3600;

/** How long a bridge that was told to leave goes on (`shutting-down-delay`). */
const EXIT_SECONDS = 45;

/** Boot times scatter: against `bootSeconds`. */
export const BOOT_SCATTER = { from: 0.9, to: 1.2 } as const;

/** Who looks after the bridges. */
export interface Controller {
  /** Time from one look to the next; a multiple of TICK_SECONDS. */
  readonly intervalSeconds: number;
  look(now: number): void;
}

export interface WorldOptions {
  readonly pool: SimulatedPool;
  readonly calls: Calls;
  readonly seed: number;
  readonly seconds: number;
  /** Machines that run at the beginning, and have run for long. */
  readonly bridges: number;
  /** Whether a sample is kept of each minute. */
  readonly samples: boolean;
}

type Event =
  | { readonly kind: "retry"; readonly participant: number }
  | { readonly kind: "boot" | "exit"; readonly bridge: Bridge };

/** Age of the machines that are there at the beginning. */
const OLD_SECONDS = 86_400;

/**
 * One pool, its calls and its machines, from event to event. Who looks after it is not in here: controllers see the
 * machines, and create, drain, shut down and delete them.
 */
export class World {
  readonly machines: Bridge[] = [];
  readonly rooms: Rooms;
  readonly meter: Meter;
  /** Minutes that have ended, of the metrics. */
  minutes = 0;
  /** What new machines are made of; a controller may change it, as an upgrade does. */
  recipe = { template: "template-1", release: "release-1" };
  /** What an autoscaler would like, for the samples. */
  recommended: number | null = null;
  now = 0;
  private readonly timers = new Timers<Event>();
  private readonly random: Random;
  private readonly controllers: { readonly controller: Controller; readonly phase: number }[] = [];
  private serial = 0;

  constructor(private readonly options: WorldOptions) {
    const { pool, calls, seed } = options;
    this.random = new Random(seed, "machines");
    this.rooms = new Rooms({
      calls,
      bridges: this.machines,
      participantStress: 1 / pool.participantsPerBridge,
      lastN: pool.settings.bridge.lastN,
      random: new Random(seed, "retries"),
      later: (at, participant) => this.timers.set(at, { kind: "retry", participant }),
    });
    this.meter = new Meter(pool, this.rooms);
    for (let i = 0; i < options.bridges; i++) {
      const bridge = this.newBridge();
      bridge.state = "serving";
    }
  }

  /** @param phaseSeconds When it looks first. */
  add(controller: Controller, phaseSeconds: number): void {
    this.controllers.push({ controller, phase: phaseSeconds });
  }

  /** A machine is paid for from now on, and takes calls when it has booted. */
  create(): Bridge {
    const bridge = this.newBridge();
    const seconds =
      this.options.pool.settings.scaling.bootSeconds *
      this.random.between(BOOT_SCATTER.from, BOOT_SCATTER.to);
    this.timers.set(this.now + seconds, { kind: "boot", bridge });
    return bridge;
  }

  /** Age of a machine; those of the beginning are old. */
  ageOf(bridge: Bridge): number {
    return this.now - bridge.createdAt + (bridge.serial < this.options.bridges ? OLD_SECONDS : 0);
  }

  /** The machine goes, whoever is on it. */
  delete(bridge: Bridge): void {
    const index = this.machines.indexOf(bridge);
    if (index < 0) return;
    this.machines.splice(index, 1);
    this.rooms.interrupt(this.now, bridge);
    this.meter.retire(this.now, bridge);
    bridge.state = "exited";
  }

  /** Orders to a bridge's program. False when it does not answer. */
  drain(bridge: Bridge, drain: boolean): boolean {
    if (bridge.state !== "serving") return false;
    bridge.drain = drain;
    return true;
  }

  shutdown(bridge: Bridge, forced: boolean): boolean {
    if (bridge.state !== "serving") return false;
    if (forced || bridge.endpoints === 0) this.beginExit(bridge);
    else bridge.graceful = true;
    return true;
  }

  move(bridge: Bridge): void {
    this.rooms.move(this.now, bridge);
  }

  run(): void {
    const steps = this.steps();
    while (!steps.next().done);
  }

  /** The same in steps, so that whoever waits can show how far it is: the seconds of the trace that are over. */
  *steps(): Generator<number, void> {
    const { calls, seconds } = this.options;
    const joins = orderBy(calls.joinAt);
    const leaves = orderBy(calls.leaveAt);
    let [join, leave, tick] = [0, 0, 0];
    let joinAt = joins.length > 0 ? calls.joinAt[joins[0]!]! : Infinity;
    let leaveAt = leaves.length > 0 ? calls.leaveAt[leaves[0]!]! : Infinity;
    for (;;) {
      const tickAt = tick * TICK_SECONDS;
      const now = Math.min(tickAt, joinAt, leaveAt, this.timers.nextAt);
      if (now > seconds) break;
      this.now = now;
      if (tickAt === now) {
        this.onTick(tick++);
        if (now % STEP_SECONDS === 0) yield now;
      } else if (this.timers.nextAt === now) this.onEvent(this.timers.pop());
      else if (joinAt === now) {
        this.rooms.join(now, joins[join]!);
        join += 1;
        joinAt = join < joins.length ? calls.joinAt[joins[join]!]! : Infinity;
      } else {
        this.rooms.leave(now, leaves[leave]!);
        leave += 1;
        leaveAt = leave < leaves.length ? calls.leaveAt[leaves[leave]!]! : Infinity;
      }
    }
    this.now = seconds;
  }

  private newBridge(): Bridge {
    const bridge = new Bridge(
      this.serial,
      this.now,
      this.recipe.template,
      this.recipe.release,
      this.options.pool.participantsPerBridge,
      this.serial % 2,
    );
    this.serial += 1;
    this.machines.push(bridge);
    return bridge;
  }

  private onTick(tick: number): void {
    const { now, machines } = this;
    for (const bridge of machines) {
      if (bridge.state !== "serving") continue;
      if (tick % 2 === bridge.phase) bridge.count(now);
      const wasShuttingDown = bridge.seen.shuttingDown;
      bridge.announce();
      if (bridge.graceful && !bridge.shuttingDown && bridge.endpoints === 0) this.beginExit(bridge);
      // Jicofo has just learnt that it leaves, and invites everybody elsewhere.
      if (bridge.shuttingDown && !wasShuttingDown && bridge.endpoints > 0) this.move(bridge);
    }
    if (now % 60 === 0 && now > 0) {
      for (const bridge of machines) bridge.endMinute(now, this.minutes);
      this.minutes += 1;
    }
    for (const { controller, phase } of this.controllers)
      if (now >= phase && (now - phase) % controller.intervalSeconds === 0) controller.look(now);
    this.meter.look(now, machines);
    if (this.options.samples && now % 60 === 0 && now > 0) this.meter.sample(now, machines, this.recommended);
  }

  private onEvent(event: Event): void {
    if (event.kind === "retry") return this.rooms.retry(this.now, event.participant);
    const { bridge } = event;
    if (!this.machines.includes(bridge)) return; // deleted meanwhile
    if (event.kind === "boot") {
      bridge.state = "serving";
      bridge.count(this.now);
    } else {
      this.rooms.interrupt(this.now, bridge);
      bridge.state = "exited";
    }
  }

  private beginExit(bridge: Bridge): void {
    if (bridge.shuttingDown) return;
    bridge.shuttingDown = true;
    this.timers.set(this.now + EXIT_SECONDS, { kind: "exit", bridge });
  }
}

/** Numbers of the entries, by their value; equal ones in their order. */
function orderBy(values: Float64Array): Int32Array {
  const order = Int32Array.from(values, (_, i) => i);
  return order.sort((a, b) => values[a]! - values[b]! || a - b);
}
