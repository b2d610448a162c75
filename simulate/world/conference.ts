import type { Bridge, Placement } from "./bridge";
import type { Seats } from "./select-bridge";

/** Where somebody is who is on no bridge; also: nobody. */
export const AWAY = -1;

/** One conference: its people on each bridge. */
export class Conference implements Seats<Bridge> {
  readonly placements: Placement[] = [];
  /** People on bridges. */
  placed = 0;
  /** The one who is there alone. */
  alone = AWAY;

  get release(): string | undefined {
    return this.placements[0]?.bridge.release;
  }

  readonly countOn = (bridge: Bridge): number => {
    for (const placement of this.placements) if (placement.bridge === bridge) return placement.count;
    return 0;
  };
}
