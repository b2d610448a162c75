import { selectBridge } from "./select-bridge";
import type { Ending, Jvb, Participant } from "./jvb";
import type { Cause, Ledger } from "./ledger";
import type { SelectableBridge } from "./select-bridge";
import type { StageClock } from "./stage-clock";

const PRESENCE_SECONDS = 5;
/** From the start of a bridge's program until it is in the brewery. */
const LOGIN_SECONDS = 8;
/** Until Prosody gives a connection up that nobody closed. */
const LOST_SECONDS = 16;
/** For so long, those who joined count beside the stress that a bridge reports. */
const RAMP_UP_SECONDS = 20;
const OVERLOADED_STRESS = 0.8;

/** The brewery's room. */
const ROOM = "jvbbrewery@muc.jvb.meet.jitsi";

/** A bridge in the brewery. */
interface Seen extends SelectableBridge {
  readonly jid: string;
  readonly jvb: Jvb;
  operational: boolean;
  drain: boolean;
  graceful: boolean;
  shuttingDown: boolean;
  stress: number;
  /** Moments of the joins of the last 20 seconds. */
  joins: number[];
}

interface Seat {
  readonly participant: Participant;
  on: Seen | undefined;
}

export interface Moved {
  readonly movedEndpoints: number;
  readonly conferences: number;
}

/** The Jicofo of one customer: which participant is on which bridge, and where whoever comes next will be. */
export class Jicofo {
  /** There has been a bridge. */
  hasOpened = false;
  /** True: it answers to a move, and moves nobody. */
  movesNobody = false;
  private readonly seen = new Map<string, Seen>();
  private readonly seats = new Map<string, Seat>();
  private readonly conferences = new Map<string, Set<Seat>>();

  constructor(
    private readonly clock: StageClock,
    private readonly ledger: Ledger,
  ) {}

  /** A bridge's program has started: it will come to the brewery. */
  welcome(jvb: Jvb): void {
    this.clock.after(LOGIN_SECONDS, () => {
      if (jvb.ended) return;
      const { clock } = this;
      const seen: Seen = {
        jid: `${ROOM}/${jvb.relayId}`,
        jvb,
        version: jvb.version,
        operational: true,
        drain: true, // until it says otherwise
        graceful: false,
        shuttingDown: false,
        stress: 0,
        joins: [],
        get correctedStress(): number {
          this.joins = this.joins.filter((at) => clock.now - at < RAMP_UP_SECONDS);
          return this.stress + this.joins.length * jvb.participantStress;
        },
      };
      this.seen.set(seen.jid, seen);
      this.hasOpened = true;
      jvb.joined = true;
      this.hear(seen);
      const stop = clock.every(PRESENCE_SECONDS, () => (jvb.ended ? stop() : this.hear(seen)));
    });
  }

  /** A bridge's program has ended. */
  miss(jvb: Jvb, ending: Ending): void {
    const seen = [...this.seen.values()].find((each) => each.jvb === jvb);
    if (!seen) return;
    const lose = (): void => {
      this.seen.delete(seen.jid);
      this.reinvite(this.seatsOn(seen)); // their calls were cut when it ended
    };
    if (ending === "closed") lose();
    else this.clock.after(LOST_SECONDS, lose);
  }

  /** Somebody comes. Whom no bridge takes, is gone. */
  join(participant: Participant): boolean {
    const seat: Seat = { participant, on: undefined };
    if (!this.invite(seat)) {
      this.ledger.refused += 1;
      return false;
    }
    this.ledger.joined += 1;
    this.seats.set(participant.id, seat);
    const seats = this.conferences.get(participant.conference) ?? new Set();
    this.conferences.set(participant.conference, seats.add(seat));
    return true;
  }

  leave(id: string): void {
    const seat = this.seats.get(id);
    if (!seat) return;
    this.forget(seat);
    seat.on?.jvb.remove(id);
    seat.on = undefined;
  }

  get people(): number {
    return this.seats.size;
  }

  /** `/move-endpoints/move-fraction`: undefined when there is no such bridge. */
  moveFraction(jid: string, fraction: number, cause: Cause): Moved | undefined {
    const seen = this.seen.get(jid);
    if (!seen) return undefined;
    const seats = this.movesNobody ? [] : this.seatsOn(seen);
    const moving = seats.slice(0, Math.ceil(seats.length * fraction));
    this.send(moving, cause);
    return {
      movedEndpoints: moving.length,
      conferences: new Set(moving.map(({ participant }) => participant.conference)).size,
    };
  }

  /** `/debug`, as far as it is about bridges. */
  debug(): object {
    const bridge = Object.fromEntries(
      [...this.seen.values()].map((seen) => [
        seen.jid,
        {
          "corrected-stress": seen.correctedStress,
          drain: seen.drain,
          endpoints: this.seatsOn(seen).length,
          "endpoint-restart-requests": 0,
          "failing-ice": false,
          "graceful-shutdown": seen.graceful,
          healthy: true,
          operational: seen.operational,
          overloaded: seen.correctedStress >= OVERLOADED_STRESS,
          region: seen.jvb.region,
          "relay-id": seen.jvb.relayId,
          release: "null",
          "shutting-down": seen.shuttingDown,
          stress: seen.stress,
          version: seen.version,
        },
      ]),
    );
    return { bridge_selector: { strategy: "RegionBasedBridgeSelectionStrategy", bridge } };
  }

  private hear(seen: Seen): void {
    const { jvb } = seen;
    seen.drain = jvb.drain;
    seen.graceful = jvb.graceful;
    seen.stress = jvb.stress;
    if (jvb.shuttingDown && !seen.shuttingDown) {
      seen.shuttingDown = true;
      this.send(this.seatsOn(seen), jvb.leavesBecause!);
    }
  }

  /** Ends sessions on bridges that still work, and invites anew. Who gets no bridge has no call. */
  private send(seats: readonly Seat[], cause: Cause): void {
    const from = seats.map((seat) => seat.on!.jvb.machine);
    for (const seat of seats) seat.on!.jvb.remove(seat.participant.id);
    const lost = this.reinvite(seats);
    seats.forEach((seat, index) => {
      const tell = lost.has(seat) ? "cut" : "move";
      this.ledger[tell](seat.participant.id, from[index]!, cause);
    });
  }

  /** All sessions end before the first is made anew: a conference that was on one bridge is free of its version. */
  private reinvite(seats: readonly Seat[]): Set<Seat> {
    for (const seat of seats) seat.on = undefined;
    const lost = new Set(seats.filter((seat) => !this.invite(seat)));
    for (const seat of lost) this.forget(seat);
    return lost;
  }

  /** A bridge that refuses is not asked again for this participant. */
  private invite(seat: Seat): boolean {
    const { participant } = seat;
    const refused = new Set<Seen>();
    for (;;) {
      const candidates = [...this.seen.values()].filter((each) => !refused.has(each));
      const chosen = selectBridge(candidates, this.bridgesOf(participant.conference));
      if (!chosen) return false;
      if (chosen.jvb.accepts(participant.conference)) {
        chosen.jvb.add(participant);
        chosen.joins.push(this.clock.now);
        seat.on = chosen;
        return true;
      }
      refused.add(chosen);
    }
  }

  private bridgesOf(conference: string): Map<Seen, number> {
    const counts = new Map<Seen, number>();
    for (const { on } of this.conferences.get(conference) ?? []) {
      if (on) counts.set(on, (counts.get(on) ?? 0) + 1);
    }
    return counts;
  }

  private seatsOn = (seen: Seen): Seat[] => [...this.seats.values()].filter(({ on }) => on === seen);

  private forget(seat: Seat): void {
    const { id, conference } = seat.participant;
    this.seats.delete(id);
    const seats = this.conferences.get(conference);
    seats?.delete(seat);
    if (seats?.size === 0) this.conferences.delete(conference);
  }
}
