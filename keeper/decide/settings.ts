/** How the keeper of one pool decides. Made of the pool's file (`model/schema/keeper.ts`); times are seconds. */
export interface KeeperSettings {
  /** Bridges that always run (`size.min`). */
  readonly min: number;
  /** Most drains that are under way at once; empty bridges that wait for their removal do not count. */
  readonly drainsAtOnce: number;
  /** A bridge is drained only while the others would stay at this mean stress or below. */
  readonly fullStress: number;
  /** Mean stress of the bridges that take calls from which on drained ones come back. Above `fullStress`. */
  readonly releaseStress: number;
  /** How long there must have been too many bridges before one is drained. */
  readonly surplusSeconds: number;
  /** Age below which no bridge is drained. */
  readonly protectSeconds: number;
  /** How long the calls of a bridge that is to be removed may go on. */
  readonly drainDeadlineSeconds: number;
  /** Whether those who are left at the deadline are moved to another bridge. False: the keeper waits for ever. */
  readonly moveAtDeadline: boolean;
  /** So few participants are not waited for until the deadline. 0 waits for everybody. */
  readonly moveEarlyBelow: number;
  /** For how long they are waited for all the same; the deadline, when that is shorter. */
  readonly moveEarlySeconds: number;
  /** Statistics older than this do not count. */
  readonly staleSeconds: number;
  /** How long Jicofo may take to hear of a drain, and to move people; two presences and a poll. */
  readonly settleSeconds: number;
  /** Boot time of a bridge (`scaling.bootSeconds`), for the estimate of a renewal. */
  readonly bootSeconds: number;
  /** Longest time that bridges of two versions may be mixed: a renewal that would take longer is not begun. */
  readonly mixedSeconds: number;
}
