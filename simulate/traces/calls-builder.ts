import type { Calls } from "../trace";

/** Collects calls, one conference after the other. */
export class CallsBuilder {
  private readonly firstParticipant: number[] = [];
  private readonly joinAt: number[] = [];
  private readonly leaveAt: number[] = [];
  private readonly weight: number[] = [];

  /** @param seconds Length of the trace: who would join later, or left before it began, is left out. */
  constructor(private readonly seconds: number) {}

  beginConference(): void {
    this.firstParticipant.push(this.joinAt.length);
  }

  /** Somebody in the conference that was begun last. */
  addParticipant(joinAt: number, leaveAt: number, weight: number): void {
    const from = Math.max(0, joinAt);
    if (from >= this.seconds || leaveAt <= from) return;
    this.joinAt.push(from);
    this.leaveAt.push(leaveAt);
    this.weight.push(weight);
  }

  build(): Calls {
    const conferences = this.firstParticipant.length;
    const participants = this.joinAt.length;
    const firstParticipant = Int32Array.from([...this.firstParticipant, participants]);
    const conferenceOf = new Int32Array(participants);
    for (let c = 0; c < conferences; c++) conferenceOf.fill(c, firstParticipant[c], firstParticipant[c + 1]);
    return {
      conferences,
      participants,
      firstParticipant,
      conferenceOf,
      joinAt: Float64Array.from(this.joinAt),
      leaveAt: Float64Array.from(this.leaveAt),
      weight: Float32Array.from(this.weight),
    };
  }
}
