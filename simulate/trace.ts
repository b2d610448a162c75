/** Who calls whom, and when: what all policies are put to. A seed draws one of the many weeks that a trace stands for. */
export interface Trace {
  /** How people and reports name it: `office-week`. */
  readonly name: string;
  /** What it stands for, as a sentence. */
  readonly description: string;
  /** How long it usually is. */
  readonly seconds: number;
  /** From a Monday's midnight to its beginning, by the clock on which the pool's schedules run. */
  readonly startsAt: number;
  /** The calls of the first `seconds`; the same arguments give the same calls. */
  readonly callsOf: (seed: number, seconds: number) => Calls;
}

/**
 * Calls as columns. A conference is a number from 0; its participants are those from `firstParticipant[c]` up to
 * `firstParticipant[c + 1]`. Times are seconds from the beginning of the trace.
 */
export interface Calls {
  readonly conferences: number;
  readonly participants: number;
  /** By conference, and one more for the end. */
  readonly firstParticipant: Int32Array;
  /** By participant. */
  readonly conferenceOf: Int32Array;
  readonly joinAt: Float64Array;
  /** Later than `joinAt`; may be after the end of the simulation. */
  readonly leaveAt: Float64Array;
  /** Load of the participant against the mean: more with a camera, less with sound only. */
  readonly weight: Float32Array;
}
