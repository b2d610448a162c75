import type { Memory } from "./memory";

/**
 * One step, with the reason as a sentence for the log. A keeper does them in this order. What fails at one bridge holds up
 * nothing at others; what fails at Google ends the round.
 */
export type Action =
  /** The bridge takes no new calls (`POST /colibri/drain/enable`). */
  | { readonly kind: "drain"; readonly bridge: string; readonly reason: string }
  /** It takes them again (`POST /colibri/drain/disable`). */
  | { readonly kind: "undrain"; readonly bridge: string; readonly reason: string }
  /** Jicofo moves everybody on it elsewhere (`/move-endpoints/move-fraction`): seconds of black video. */
  | { readonly kind: "move"; readonly bridge: string; readonly reason: string }
  /**
   * `POST /colibri/shutdown`. Graceful on an empty bridge: it refuses whoever would still come. Forced: Jicofo moves
   * whoever is left.
   */
  | { readonly kind: "shutdown"; readonly bridge: string; readonly forced: boolean; readonly reason: string }
  /** The machine goes, and the group's target with it (`deleteInstances`). Nobody is on it. */
  | { readonly kind: "delete"; readonly bridge: string; readonly reason: string }
  /** Least number that the autoscaler keeps up: one more makes room for a renewal. Never below the data's. */
  | { readonly kind: "set-min"; readonly min: number; readonly reason: string };

export interface Decision {
  readonly actions: readonly Action[];
  /** What to remember, the actions taken for granted. */
  readonly memory: Memory;
  /** Why nothing more is done, as a sentence; for `fleet keeper status`. */
  readonly summary: string;
}
