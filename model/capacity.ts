/**
 * How many participants bridges carry, and how soon more bridges help. First guesses for a check before the deploy;
 * the measured stress of the running bridges decides.
 */

/**
 * Participants per processor that bring a bridge to stress 1. The release counts 0.01 stress for each participant who
 * just joined (`average-participant-stress`), which is 100 participants, and means a bridge of 4 processors.
 */
export const PARTICIPANTS_PER_VCPU = 25;

/** Stress from which on Jicofo avoids a bridge (`BRIDGE_STRESS_THRESHOLD`, default of the release). */
export const OVERLOAD_STRESS = 0.8;

/**
 * Seconds until the autoscaler acts on a load: the agent's interval, the ingestion of its metric and the autoscaler's
 * own loop, a minute each at worst.
 */
export const METRIC_LAG_SECONDS = 60 + 60 + 60;

export interface BridgeShape {
  /** Virtual processors of one bridge. */
  readonly vcpus: number;
  /** Mean stress at which the pool grows. */
  readonly targetStress: number;
}

/** Participants who can join one bridge that runs at its target, before Jicofo avoids it. */
export const headroomPerBridge = ({ vcpus, targetStress }: BridgeShape): number =>
  // Rounded, because 0.8 - 0.5 is not 0.3 in binary and would ask for one bridge more at whole numbers.
  Math.round((OVERLOAD_STRESS - targetStress) * PARTICIPANTS_PER_VCPU * vcpus * 1e6) / 1e6;

/** Seconds from a load that is too high to a new bridge that takes calls. */
export const secondsToNewBridge = (bootSeconds: number): number => METRIC_LAG_SECONDS + bootSeconds;

/** Participants who join until a new bridge takes calls. */
export const joinsUntilNewBridge = (joinsPerMinute: number, bootSeconds: number): number =>
  Math.ceil((joinsPerMinute * secondsToNewBridge(bootSeconds)) / 60);

/** Bridges that must run before a burst so that none is overloaded until the first new one takes calls. */
export const bridgesForBurst = (shape: BridgeShape, joinsPerMinute: number, bootSeconds: number): number =>
  Math.ceil(joinsUntilNewBridge(joinsPerMinute, bootSeconds) / headroomPerBridge(shape));
