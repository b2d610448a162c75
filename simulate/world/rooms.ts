import type { Random } from "../random";
import type { Calls } from "../trace";
import type { Bridge, Placement } from "./bridge";
import { AWAY, Conference } from "./conference";
import { selectBridge } from "./select-bridge";

/** The only one in the room: nothing is sent anywhere. */
const ALONE = -2;
/** Wants to be in the call, and is not: no bridge took him, or his went away. */
const WAITING = -3;

/** From the third participant on a bridge sees media; two send it to each other. */
const FEWEST_ON_BRIDGE = 3;

/** What a participant's media costs each bridge that passes it on to another, or gets it from there, in participants. */
const RELAY_LOAD = 0.2;

/** How long Jicofo counts somebody as just sent (`participant-rampup-interval`). */
const RAMP_UP_SECONDS = 20;

/** When those who were cut off, or found no bridge, try again. */
const RETRY_SECONDS = { from: 15, to: 30 } as const;

export interface RoomsOptions {
  readonly calls: Calls;
  /** Machines that are there; the world adds and removes. */
  readonly bridges: readonly Bridge[];
  /** Stress that Jicofo adds for everybody whom it has just sent to a bridge. */
  readonly participantStress: number;
  /** Videos that a participant is sent at most: of more senders nobody's is passed on. */
  readonly lastN: number;
  readonly random: Random;
  /** Calls `retry` for the participant then. */
  readonly later: (at: number, participant: number) => void;
}

/** Who is in which conference on which bridge: the people, and Jicofo. */
export class Rooms {
  readonly counts = { joined: 0, left: 0, waiting: 0, alone: 0, interrupted: 0, moved: 0, refused: 0 };
  private readonly conferences: Conference[];
  private readonly seat: Int32Array;
  private readonly wasRefused: Uint8Array;
  private readonly sent: { at: number; bridge: Bridge }[] = [];
  private sentFrom = 0;

  constructor(private readonly options: RoomsOptions) {
    const { conferences, participants } = options.calls;
    this.conferences = Array.from({ length: conferences }, () => new Conference());
    this.seat = new Int32Array(participants).fill(AWAY);
    this.wasRefused = new Uint8Array(participants);
  }

  join(now: number, participant: number): void {
    this.counts.joined += 1;
    this.enter(now, participant);
  }

  leave(now: number, participant: number): void {
    this.counts.left += 1;
    const conference = this.conferenceOf(participant);
    const seat = this.seat[participant]!;
    this.seat[participant] = AWAY;
    if (seat === WAITING) this.counts.waiting -= 1;
    else if (seat === ALONE) {
      this.counts.alone -= 1;
      conference.alone = AWAY;
    } else {
      this.unseat(now, conference, participant, seat);
      this.refresh(now, conference);
      this.settleLast(now, conference);
    }
  }

  /** Somebody who was cut off or refused tries again; he may have given up since. */
  retry(now: number, participant: number): void {
    if (this.seat[participant] !== WAITING) return;
    this.counts.waiting -= 1;
    this.enter(now, participant);
  }

  /** A bridge is gone, with everybody who was on it. */
  interrupt(now: number, bridge: Bridge): void {
    for (const placement of [...bridge.placements]) {
      const conference = this.conferences[placement.conference]!;
      for (const participant of this.peopleOn(placement)) {
        this.counts.interrupted += 1;
        this.unseat(now, conference, participant, bridge.serial);
        this.wait(now, participant);
      }
      this.refresh(now, conference);
      this.settleLast(now, conference);
    }
  }

  /**
   * Jicofo takes everybody off a bridge and invites them anew, conference by conference; who finds no other is on the
   * same again. A conference that is on no other bridge may then go to one of another release.
   */
  move(now: number, bridge: Bridge): void {
    for (const placement of [...bridge.placements]) {
      const conference = this.conferences[placement.conference]!;
      const people = this.peopleOn(placement);
      for (const participant of people) this.unseat(now, conference, participant, bridge.serial);
      for (const participant of people) {
        const target = this.select(now, conference);
        if (target) {
          this.counts.moved += 1;
          this.sit(now, conference, participant, target);
        } else {
          this.counts.interrupted += 1;
          this.wait(now, participant);
        }
      }
      this.refresh(now, conference);
      this.settleLast(now, conference);
    }
  }

  private conferenceOf(participant: number): Conference {
    return this.conferences[this.options.calls.conferenceOf[participant]!]!;
  }

  private peopleOn({ conference, bridge }: Placement): number[] {
    const { firstParticipant } = this.options.calls;
    const people: number[] = [];
    for (let p = firstParticipant[conference]!; p < firstParticipant[conference + 1]!; p++)
      if (this.seat[p] === bridge.serial) people.push(p);
    return people;
  }

  private enter(now: number, participant: number): void {
    const conference = this.conferenceOf(participant);
    const first = conference.alone;
    if (conference.placed === 0 && first === AWAY) {
      conference.alone = participant;
      this.seat[participant] = ALONE;
      this.counts.alone += 1;
      return;
    }
    if (first !== AWAY && !this.invite(now, conference, first)) return this.refuse(now, participant);
    if (first !== AWAY) {
      conference.alone = AWAY;
      this.counts.alone -= 1;
    }
    if (!this.invite(now, conference, participant)) this.refuse(now, participant);
    this.refresh(now, conference);
    this.settleLast(now, conference);
  }

  /** Sends somebody to a bridge. False when none takes him: there is none, or all are at stress 1. */
  private invite(now: number, conference: Conference, participant: number): boolean {
    const target = this.select(now, conference);
    if (!target || (target.stress >= 1 && !this.anyBelowFull())) return false;
    this.sit(now, conference, participant, target);
    return true;
  }

  private anyBelowFull(): boolean {
    return this.options.bridges.some((bridge) => bridge.isActive && bridge.stress < 1);
  }

  private refuse(now: number, participant: number): void {
    if (!this.wasRefused[participant]) this.counts.refused += 1;
    this.wasRefused[participant] = 1;
    this.wait(now, participant);
  }

  private wait(now: number, participant: number): void {
    this.seat[participant] = WAITING;
    this.counts.waiting += 1;
    this.options.later(now + this.options.random.between(RETRY_SECONDS.from, RETRY_SECONDS.to), participant);
  }

  private select(now: number, conference: Conference): Bridge | undefined {
    const { sent } = this;
    while (this.sentFrom < sent.length && sent[this.sentFrom]!.at <= now - RAMP_UP_SECONDS)
      sent[this.sentFrom++]!.bridge.recent -= 1;
    if (this.sentFrom > 1000) {
      sent.splice(0, this.sentFrom);
      this.sentFrom = 0;
    }
    return selectBridge(this.options.bridges, conference, this.options.participantStress);
  }

  private sit(now: number, conference: Conference, participant: number, bridge: Bridge): void {
    let placement = conference.placements.find((one) => one.bridge === bridge);
    if (!placement) {
      const index = this.options.calls.conferenceOf[participant]!;
      placement = { conference: index, bridge, count: 0, weight: 0, load: 0 };
      conference.placements.push(placement);
      bridge.placements.add(placement);
    }
    placement.count += 1;
    placement.weight += this.options.calls.weight[participant]!;
    conference.placed += 1;
    bridge.endpoints += 1;
    this.seat[participant] = bridge.serial;
    bridge.recent += 1;
    this.sent.push({ at: now, bridge });
  }

  private unseat(now: number, conference: Conference, participant: number, serial: number): void {
    const index = conference.placements.findIndex(({ bridge }) => bridge.serial === serial);
    const placement = conference.placements[index]!;
    placement.count -= 1;
    placement.weight -= this.options.calls.weight[participant]!;
    conference.placed -= 1;
    placement.bridge.endpoints -= 1;
    if (placement.count > 0) return;
    conference.placements.splice(index, 1);
    placement.bridge.placements.delete(placement);
    placement.bridge.changeLoad(now, -placement.load);
  }

  /** What a conference loads its bridges with, after somebody came or went. */
  private refresh(now: number, { placements, placed }: Conference): void {
    const hasMedia = placed >= FEWEST_ON_BRIDGE;
    const relayed = RELAY_LOAD * Math.min(1, this.options.lastN / placed);
    for (const placement of placements) {
      const { count, weight } = placement;
      // Its own people to every other bridge, and everybody else's from there.
      const relays = relayed * (count * (placements.length - 1) + (placed - count));
      const load = hasMedia ? weight + relays : 0;
      if (load === placement.load) continue;
      placement.bridge.changeLoad(now, load - placement.load);
      placement.load = load;
    }
  }

  /** Who is left as the only one is on no bridge any more. */
  private settleLast(now: number, conference: Conference): void {
    if (conference.placed !== 1) return;
    const [placement] = conference.placements;
    const [last] = this.peopleOn(placement!);
    this.unseat(now, conference, last!, placement!.bridge.serial);
    conference.alone = last!;
    this.seat[last!] = ALONE;
    this.counts.alone += 1;
  }
}
