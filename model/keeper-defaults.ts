/**
 * How a pool grows and a keeper behaves where the pool's file says nothing. The schema, its texts and the rules take the
 * numbers from here, so they are changed here and nowhere else.
 *
 * Found with `npm run tune:scaling`, the simulator over its built-in traces (docs/scaling.md): among the fewest bridge-hours
 * with which no trace has more minutes of overload than with the plain autoscaler, and hardly more
 * than one participant in a hundred is moved.
 */
export const SCALING_DEFAULTS = {
  /** Mean stress at which the cloud's autoscaler adds a bridge. */
  targetStress: 0.65,
  /** Mean use of processors at which it does so, too: stress 0.67, for when the first signal is silent. */
  targetCpu: 0.6,
} as const;

/** See SCALING_DEFAULTS. */
export const KEEPER_DEFAULTS = {
  mode: "act",
  /** Bridges that are drained at the same time. */
  drainsAtOnce: 5,
  /** Mean stress of the bridges that remain, up to which one may be drained. */
  fullStress: 0.42,
  /** Mean stress of the bridges that take calls, from which on drained ones come back. */
  releaseStress: 0.5,
  /** Minutes for which there must have been one bridge too many. */
  surplusMinutes: 2,
  /** Minutes of a bridge's life in which it is not drained. */
  protectMinutes: 10,
  moveAtDeadline: true,
  /** Participants who are not waited for until the deadline. */
  moveEarlyBelow: 5,
  /** Minutes for which bridges of two releases may run side by side. */
  mixedReleasesMinutes: 1440,
  /** Minutes before its beginning from which on a schedule counts. */
  lookaheadMinutes: 15,
} as const;

/** What is the same for every pool, in seconds. */
export const KEEPER_TIMES = {
  /** From one decision to the next. */
  intervalSeconds: 30,
  /** Statistics of a bridge that are older do not count. */
  staleSeconds: 45,
  /** How long Jicofo may take to hear of a drain: two presences of 5 s, a poll, and some. */
  settleSeconds: 25,
  /** How long the few who are not waited for until the deadline have all the same. */
  moveEarlySeconds: 300,
} as const;
