import type { Log } from "./log";

/** Time as the keeper tells it. Seconds. */
export interface Clock {
  /** Since some moment; it never jumps, and goes on while the process is stopped. */
  readonly monotonic: () => number;
  /** Unix time as the machine says it right now. */
  readonly wall: () => number;
  /** Unix time at the start of the process, and what has passed since: for everything that is to grow older evenly. */
  readonly now: () => number;
}

export function machineClock(): Clock {
  const monotonic = () => performance.now() / 1000;
  const wall = () => Date.now() / 1000;
  const began = wall() - monotonic();
  return { monotonic, wall, now: () => began + monotonic() };
}

/**
 * Seconds that have passed since a moment, by whichever clock says more: a machine that was suspended as a whole may
 * have stopped the one and set the other.
 */
export const passedSince = (moment: Moment, clock: Clock): number =>
  Math.max(clock.monotonic() - moment.monotonic, clock.wall() - moment.wall);

export interface Moment {
  readonly monotonic: number;
  readonly wall: number;
}

export const momentOf = (clock: Clock): Moment => ({ monotonic: clock.monotonic(), wall: clock.wall() });

/** A clock that is set is a step; one that is steered moves by less in a round. */
const JUMP_SECONDS = 1;

/** Says when the machine's clock was set. Nothing grows older by it: see `now`. */
export class JumpWatch {
  private offset: number | undefined;

  constructor(
    private readonly clock: Clock,
    private readonly log: Log,
  ) {}

  look(): void {
    const offset = this.clock.wall() - this.clock.now();
    const jump = offset - (this.offset ?? offset);
    if (Math.abs(jump) > JUMP_SECONDS)
      this.log("WARNING", "clock-jumped", { seconds: Number(jump.toFixed(1)) });
    this.offset = offset;
  }
}
