import type { Action } from "../../keeper/decide/action";
import type { decide } from "../../keeper/decide/decide";
import { EMPTY_MEMORY, type Memory } from "../../keeper/decide/memory";
import type { BridgeView, Observation } from "../../keeper/decide/observation";
import type { KeeperSettings } from "../../keeper/decide/settings";
import type { Bridge } from "../world/bridge";
import { MONDAY, type Schedules } from "../world/schedules";
import type { Controller, World } from "../world/world";
import type { GoogleAutoscaler } from "./google-autoscaler";

/** How long the cloud says that a machine is being made. */
const MAKING_SECONDS = 20;

export interface KeeperOptions {
  /** The keeper's own; a test has worse ones. */
  readonly decide: typeof decide;
  readonly settings: KeeperSettings;
  readonly intervalSeconds: number;
  readonly lookaheadSeconds: number;
  readonly schedules: Schedules;
}

/** The keeper: its own `decide`, with what it would see of the simulated world, and its actions done there. */
export class Keeper implements Controller {
  readonly intervalSeconds: number;
  private memory: Memory = EMPTY_MEMORY;

  constructor(
    private readonly world: World,
    private readonly autoscaler: GoogleAutoscaler,
    private readonly options: KeeperOptions,
  ) {
    this.intervalSeconds = options.intervalSeconds;
  }

  look(now: number): void {
    const decision = this.options.decide(this.observe(now), this.options.settings, this.memory);
    this.memory = decision.memory;
    for (const action of decision.actions) if (!this.act(action)) return;
  }

  private observe(now: number): Observation {
    const { autoscaler, options, world } = this;
    return {
      now: MONDAY + now,
      group: {
        target: autoscaler.target,
        recommended: autoscaler.recommended,
        min: autoscaler.min,
        max: autoscaler.options.max,
        ...world.recipe,
      },
      bridges: world.machines.map((bridge) => this.view(now, bridge)),
      scheduledBridges: options.schedules.bridges(now, now + options.lookaheadSeconds),
      orders: { paused: false, drain: [] },
    };
  }

  private view(now: number, bridge: Bridge): BridgeView {
    const age = this.world.ageOf(bridge);
    return {
      id: bridge.name,
      ageSeconds: age,
      template: bridge.template,
      release: bridge.release,
      phase: age < MAKING_SECONDS ? "coming" : "running",
      stats: bridge.stats(now),
      isDown: bridge.state === "exited",
      jicofoEndpoints: bridge.endpoints,
    };
  }

  /** False when it failed: then nothing more is done in this round. */
  private act(action: Action): boolean {
    const { autoscaler, world } = this;
    if (action.kind === "set-min") {
      autoscaler.min = action.min;
      return true;
    }
    const bridge = world.machines.find(({ name }) => name === action.bridge);
    if (!bridge) return false;
    switch (action.kind) {
      case "drain":
        return world.drain(bridge, true);
      case "undrain":
        return world.drain(bridge, false);
      case "shutdown":
        return world.shutdown(bridge, action.forced);
      case "move":
        world.move(bridge);
        return true;
      case "delete":
        autoscaler.deleteInstance(bridge);
        return true;
    }
  }
}
