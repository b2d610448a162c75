/**
 * How a keeper behaves where a pool's file says nothing. The schema, its texts and the rules take the numbers from here,
 * so they are changed here and nowhere else.
 */
export const KEEPER_DEFAULTS = {
  mode: "act",
  /** Bridges that are drained at the same time. */
  drainsAtOnce: 3,
  /** Mean stress of the bridges that remain, up to which one may be drained. */
  fullStress: 0.6,
  /** Mean stress of the bridges that take calls, from which on drained ones come back. */
  releaseStress: 0.68,
  /** Minutes for which there must have been one bridge too many. */
  surplusMinutes: 2,
  /** Minutes of a bridge's life in which it is not drained. */
  protectMinutes: 10,
  moveAtDeadline: true,
  /** Participants who are not waited for from half of the deadline on. */
  moveEarlyBelow: 2,
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
} as const;
