import { jvbStatistics } from "./jvb-statistics";
import type { Cause, Ledger } from "./ledger";
import type { StageClock } from "./stage-clock";
import type { Statistics } from "./jvb-statistics";

/** As `render/bridge/custom-jvb.conf` sets them. */
const SHUTTING_DOWN_SECONDS = 45;
const GRACEFUL_SECONDS = 3600;
const STRESS_EVERY_SECONDS = 10;
const STATISTICS_KEPT_SECONDS = 5;

export interface Participant {
  readonly id: string;
  readonly conference: string;
}

/** How a bridge's program ended, and what Jicofo notices of it. */
export type Ending =
  /** It left, or was told to by its machine: its connection closes in good order. */
  | "closed"
  /** Killed, or its machine went without a word: nobody notices for some time. */
  | "vanished";

export interface JvbOptions {
  readonly machine: string;
  readonly region: string;
  readonly version: string;
  readonly participantStress: number;
  readonly clock: StageClock;
  readonly ledger: Ledger;
  readonly onEnd: (ending: Ending) => void;
}

/** A bridge's program from its start to its end: who is on it, and whether it takes more. */
export class Jvb {
  readonly machine: string;
  readonly version: string;
  readonly region: string;
  /** What one more participant adds to the stress. */
  readonly participantStress: number;
  readonly relayId: string;
  readonly people = new Map<string, Participant>();
  drain = false;
  graceful = false;
  shuttingDown = false;
  ended = false;
  /** It is in the brewery, where Jicofo sees it. */
  joined = false;
  stress = 0;
  /** Who told it to leave, the last one. */
  leavesBecause: Cause | undefined;
  private kept: Statistics | undefined;
  private readonly stops: (() => void)[];

  constructor(private readonly options: JvbOptions) {
    const { clock, machine, version, region, participantStress } = options;
    this.machine = machine;
    this.version = version;
    this.region = region;
    this.participantStress = participantStress;
    this.relayId = `${machine}-${Math.round(clock.wall(clock.now))}`;
    this.stops = [
      clock.every(STRESS_EVERY_SECONDS, () => (this.stress = this.measure())),
      clock.every(STATISTICS_KEPT_SECONDS, () => (this.kept = undefined)),
    ];
  }

  /** What it says of itself: counted at most 5 seconds ago, but for the drain, which shows at once. */
  statistics(): Statistics {
    this.kept ??= this.count();
    return {
      ...this.kept,
      drain: this.drain,
      graceful_shutdown: this.graceful,
      shutting_down: this.shuttingDown,
    };
  }

  /** Whether it gives a participant of this conference a place. */
  accepts(conference: string): boolean {
    if (this.ended || this.shuttingDown) return false;
    return !this.graceful || [...this.people.values()].some((other) => other.conference === conference);
  }

  add(participant: Participant): void {
    this.people.set(participant.id, participant);
  }

  remove(id: string): void {
    this.people.delete(id);
    if (this.graceful && this.people.size === 0) this.beginToShutDown();
  }

  leave(graceful: boolean, cause: Cause): void {
    if (this.ended || this.shuttingDown) return;
    this.leavesBecause = cause;
    if (!graceful) return this.beginToShutDown();
    if (this.graceful) return;
    this.graceful = true;
    if (this.people.size === 0) return this.beginToShutDown();
    this.stops.push(this.options.clock.after(GRACEFUL_SECONDS, () => this.beginToShutDown()));
  }

  /** The program is gone, and the calls of everybody on it are cut. */
  end(cause: Cause, ending: Ending): void {
    if (this.ended) return;
    this.ended = true;
    for (const stop of this.stops) stop();
    for (const id of this.people.keys()) this.options.ledger.cut(id, this.machine, cause);
    this.people.clear();
    this.options.onEnd(ending);
  }

  private beginToShutDown(): void {
    if (this.ended || this.shuttingDown) return;
    this.shuttingDown = true;
    const exit = (): void => this.end(this.leavesBecause!, "closed");
    this.stops.push(this.options.clock.after(SHUTTING_DOWN_SECONDS, exit));
  }

  private measure = (): number => this.people.size * this.participantStress;

  private count(): Statistics {
    const conferences = new Map<string, number>();
    for (const { conference } of this.people.values())
      conferences.set(conference, (conferences.get(conference) ?? 0) + 1);
    return jvbStatistics({
      conferences,
      stress: this.stress,
      participantStress: this.participantStress,
      drain: this.drain,
      graceful: this.graceful,
      shuttingDown: this.shuttingDown,
      joined: this.joined,
      relayId: this.relayId,
      region: this.region,
      version: this.version,
      counted: Date.now(),
    });
  }
}
