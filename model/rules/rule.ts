import type { Fleet } from "../fleet";
import type { Problem } from "../problem";

/**
 * Entities whose files exist but could not be read: they are not in the fleet, and a rule must not blame others for
 * their absence.
 */
export interface Broken {
  readonly accounts: ReadonlySet<string>;
  readonly customers: ReadonlySet<string>;
  /** `<account>/<pool>`. */
  readonly pools: ReadonlySet<string>;
}

/** What must hold between entities. Pure: it neither throws nor prints, and its time grows with the fleet's size. */
export type Rule = (fleet: Fleet, broken: Broken) => Problem[];
