import { Jvb } from "./jvb";
import type { Cause, Ledger } from "./ledger";
import type { Ending, JvbOptions } from "./jvb";
import type { TemplateObject } from "./pool-objects";
import type { StageClock } from "./stage-clock";

const STAGING_SECONDS = 5;
const RUNNING_SECONDS = 15;
/** From a crash until the container is there again (s6 starts a killed program anew). */
const REVIVED_SECONDS = 5;

export type CurrentAction = "NONE" | "CREATING" | "VERIFYING" | "RECREATING" | "DELETING";
export type InstanceStatus = "PROVISIONING" | "STAGING" | "RUNNING" | "STOPPING";

export interface MachineOptions {
  readonly name: string;
  /** Another one when a machine of the same name is made anew. */
  readonly id: string;
  readonly zone: string;
  readonly address: string;
  readonly template: TemplateObject;
  readonly bootSeconds: number;
  readonly jvb: Pick<JvbOptions, "region" | "participantStress">;
  readonly clock: StageClock;
  readonly ledger: Ledger;
  /** A bridge's program begins here. */
  readonly onStart: (machine: Machine, jvb: Jvb) => void;
  readonly onEnd: (machine: Machine, jvb: Jvb, ending: Ending) => void;
}

/** What keeps the HTTP side of a machine from answering as it should; its calls go on. */
export type Silence =
  /** Connections are refused. */
  | "refuses"
  /** Connections are taken, and nothing comes. */
  | "hangs";

/** A machine of a group: it boots, then its bridge answers, until it is stopped. */
export class Machine {
  status: InstanceStatus = "PROVISIONING";
  action: CurrentAction = "CREATING";
  jvb: Jvb | undefined;
  silence: Silence | undefined;
  /** What it answers to `GET /colibri/stats` instead of the truth, if it answers something else. */
  lie: ((truth: string) => string) | undefined;
  readonly createdAt: number;
  private readonly stops: (() => void)[] = [];

  constructor(readonly options: MachineOptions) {
    const { clock, bootSeconds } = options;
    this.createdAt = clock.now;
    this.stops.push(
      clock.after(STAGING_SECONDS, () => (this.status = "STAGING")),
      clock.after(RUNNING_SECONDS, () => {
        this.status = "RUNNING";
        this.action = "VERIFYING"; // until its health check says that it is well
      }),
      clock.after(bootSeconds, () => this.start()),
    );
  }

  get name(): string {
    return this.options.name;
  }

  get template(): TemplateObject {
    return this.options.template;
  }

  get ageSeconds(): number {
    return this.options.clock.now - this.createdAt;
  }

  get isStopping(): boolean {
    return this.status === "STOPPING";
  }

  get isHealthy(): boolean {
    return this.jvb !== undefined && !this.jvb.ended;
  }

  /** Its bridge is killed. @param isRevived false: nothing starts it again */
  crash(cause: Cause, isRevived: boolean): void {
    this.jvb?.end(cause, "vanished");
    if (isRevived) this.stops.push(this.options.clock.after(REVIVED_SECONDS, () => this.start()));
  }

  /** Its power goes. The guest is told, and ends its programs at once. */
  stop(cause: Cause, action: "DELETING" | "RECREATING"): void {
    this.status = "STOPPING";
    this.action = action;
    for (const stop of this.stops) stop();
    this.jvb?.end(cause, "closed");
  }

  private start(): void {
    if (this.isStopping) return;
    const { name, template, jvb: options, clock, ledger, onStart, onEnd } = this.options;
    const jvb = new Jvb({
      ...options,
      machine: name,
      version: template.labels["fleet-release"] ?? "stable",
      clock,
      ledger,
      onEnd: (ending) => onEnd(this, jvb, ending),
    });
    this.jvb = jvb;
    this.action = "NONE";
    onStart(this, jvb);
  }
}
