import type { Demand } from "./demand";
import type { Jicofo } from "./jicofo";
import type { SeededRandom } from "./seeded-random";
import type { StageClock } from "./stage-clock";

const TICK_SECONDS = 10;
/** Smaller calls go from person to person, without a bridge. */
const SIZES = [3, 3, 4, 4, 5, 6, 8, 10, 12, 15, 20, 30];
const MEAN_SIZE = SIZES.reduce((sum, size) => sum + size, 0) / SIZES.length;
const MEAN_SECONDS = 2100;
const SHORTEST_SECONDS = 300;
const MEAN_LATE_SECONDS = 60;
/** The share of people who leave before the end. */
const EARLY_LEAVERS = 0.2;

/**
 * Conferences that come and go, so that there are about as many people as the demand says. Nobody calls before the first
 * bridge is there: a stage begins with a pool that is being made.
 */
export class Callers {
  private serial = 0;
  private readonly stop: () => void;

  constructor(
    private readonly jicofo: Jicofo,
    private readonly clock: StageClock,
    private readonly random: SeededRandom,
    demand: Demand,
  ) {
    let owed = 0;
    let last = clock.now;
    this.stop = clock.every(TICK_SECONDS, () => {
      const { now } = clock;
      if (jicofo.hasOpened)
        owed += ((now - last) * demand(now)) / (MEAN_SECONDS + SHORTEST_SECONDS) / MEAN_SIZE;
      last = now;
      // So many on average; by chance a little earlier or later.
      while (owed > random.next()) {
        owed -= 1;
        this.begin(random.pick(SIZES), SHORTEST_SECONDS + random.exponential(MEAN_SECONDS));
      }
    });
  }

  /** A conference of so many, that lasts so long. */
  begin(size: number, seconds: number): void {
    this.serial += 1;
    const conference = `call-${this.serial}`;
    for (let number = 1; number <= size; number += 1) {
      const id = `${conference}/${number}`;
      const comes = number <= 2 ? 0 : Math.min(seconds / 2, this.random.exponential(MEAN_LATE_SECONDS));
      const stays =
        this.random.next() < EARLY_LEAVERS ? (seconds - comes) * this.random.next() : seconds - comes;
      this.clock.after(comes, () => {
        if (this.jicofo.join({ id, conference })) this.clock.after(stays, () => this.jicofo.leave(id));
      });
    }
  }

  /** Nobody begins a conference any more; those under way end in their time. */
  end(): void {
    this.stop();
  }
}
